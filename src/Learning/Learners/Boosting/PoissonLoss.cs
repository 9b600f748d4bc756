namespace Trainyard.Learning.Learners.Boosting;

/// <summary>eˢ - y s, of the logarithm s of the mean: pull y - eˢ, Hessian e^(s + 0.7).</summary>
/// <remarks>The Hessian is the true one times e^0.7, which bounds a step where few rows have a small mean (XGBoost's and LightGBM's max_delta_step).</remarks>
internal sealed class PoissonLoss : IObjective
{
    private const double Caution = 0.7;

    /// <summary>Stands in for a mean of 0, whose logarithm is not finite.</summary>
    private const double SmallestMean = 1e-6;

    public int ScoreCount => 1;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights) =>
        [Math.Log(Math.Max(new SquaredError().Baseline(labels, weights)[0], SmallestMean))];

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        pulls[0] = label - Links.BoundedExp(scores[0]);
        hessians[0] = Links.BoundedExp(scores[0] + Caution);
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => Links.BoundedExp(scores[0]) - (label * scores[0]);
}
