namespace Trainyard.Learning.Learners.Boosting;

/// <summary>q (y - s) above the score and (1 - q) (s - y) below: pull q or q - 1, leaves at the quantile of their residuals.</summary>
/// <remarks>Source: Koenker and Bassett, Regression quantiles, Econometrica 46, 1978. At the median it is half the absolute error.</remarks>
/// <param name="quantile">Between 0 and 1.</param>
internal sealed class QuantileLoss(double quantile) : ILeafObjective
{
    public const double Median = 0.5;

    public int ScoreCount => 1;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights) => [WeightedQuantile.Of(labels.ToArray(), weights.ToArray(), quantile)];

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        double residual = label - scores[0];
        pulls[0] = residual == 0 ? 0 : quantile - (residual < 0 ? 1 : 0);
        hessians[0] = 1;
    }

    public double Loss(double label, ReadOnlySpan<double> scores)
    {
        double residual = label - scores[0];
        return residual >= 0 ? quantile * residual : (quantile - 1) * residual;
    }

    public double Leaf(Span<double> residuals, Span<double> weights) => WeightedQuantile.Of(residuals, weights, quantile);
}
