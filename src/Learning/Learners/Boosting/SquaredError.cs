namespace Trainyard.Learning.Learners.Boosting;

/// <summary>½ (y - s)²: pull y - s, Hessian 1.</summary>
internal sealed class SquaredError : IObjective
{
    public int ScoreCount => 1;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            sum += weights[row] * labels[row];
            total += weights[row];
        }

        return [sum / total];
    }

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        pulls[0] = label - scores[0];
        hessians[0] = 1;
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => 0.5 * (label - scores[0]) * (label - scores[0]);
}
