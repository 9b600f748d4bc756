namespace Trainyard.Learning.Learners.Boosting;

/// <summary>½ r² up to |r| = δ and δ (|r| - δ / 2) beyond, of r = y - s: pull r held within ±δ, Hessian min(1, δ / |r|).</summary>
/// <remarks>
/// The Hessians are the weights of iteratively reweighted least squares, ½ w r² touching the loss from above (Huber and
/// Ronchetti, Robust statistics, 2009, section 7.8), so that each leaf takes a step that cannot overshoot and rows far off
/// neither pull hard nor make a leaf of their own. Leaves at the median of their rows, as Friedman has them (Greedy function
/// approximation, 2001, section 4.4), follow such a row all the way when they hold few others.
/// </remarks>
/// <param name="delta">Where the loss turns linear, in units of the label.</param>
internal sealed class HuberLoss(double delta) : IObjective
{
    public int ScoreCount => 1;

    /// <summary>The median and one step from there.</summary>
    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights)
    {
        double median = WeightedQuantile.Of(labels.ToArray(), weights.ToArray(), QuantileLoss.Median);
        double sum = 0;
        double total = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            sum += weights[index] * Math.Clamp(labels[index] - median, -delta, delta);
            total += weights[index];
        }

        return [total > 0 ? median + (sum / total) : 0];
    }

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        double size = Math.Abs(label - scores[0]);
        pulls[0] = Math.Clamp(label - scores[0], -delta, delta);
        hessians[0] = size <= delta ? 1 : delta / size;
    }

    public double Loss(double label, ReadOnlySpan<double> scores)
    {
        double size = Math.Abs(label - scores[0]);
        return size <= delta ? 0.5 * size * size : delta * (size - (delta / 2));
    }
}
