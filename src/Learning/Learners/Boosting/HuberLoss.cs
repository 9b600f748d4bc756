namespace Trainyard.Learning.Learners.Boosting;

/// <summary>½ r² up to |r| = δ and δ (|r| - δ / 2) beyond, of r = y - s: pull r held within ±δ.</summary>
/// <remarks>Source: Friedman, Greedy function approximation, Annals of Statistics 29, 2001, section 4.4: a leaf is the median of its residuals and one step from there.</remarks>
/// <param name="delta">Where the loss turns linear, in units of the label.</param>
internal sealed class HuberLoss(double delta) : ILeafObjective
{
    public int ScoreCount => 1;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights) => [Leaf(labels.ToArray(), weights.ToArray())];

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        pulls[0] = Math.Clamp(label - scores[0], -delta, delta);
        hessians[0] = 1;
    }

    public double Loss(double label, ReadOnlySpan<double> scores)
    {
        double size = Math.Abs(label - scores[0]);
        return size <= delta ? 0.5 * size * size : delta * (size - (delta / 2));
    }

    public double Leaf(Span<double> residuals, Span<double> weights)
    {
        double median = WeightedQuantile.Of(residuals, weights, QuantileLoss.Median);
        double sum = 0;
        double total = 0;
        for (int index = 0; index < residuals.Length; index++)
        {
            sum += weights[index] * Math.Clamp(residuals[index] - median, -delta, delta);
            total += weights[index];
        }

        return total > 0 ? median + (sum / total) : 0;
    }
}
