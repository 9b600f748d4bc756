namespace Trainyard.Learning.Learners.Boosting;

/// <summary>ln(1 + eˢ) - y s with p = 1 / (1 + e⁻ˢ): pull y - p, Hessian p (1 - p).</summary>
/// <remarks>Source: Friedman, Greedy function approximation, Annals of Statistics 29, 2001, section 4.5.</remarks>
internal sealed class BinaryLogistic : IObjective
{
    public int ScoreCount => 1;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights)
    {
        double[] priors = ClassPriors.Of(labels, weights, 2);
        return [Math.Log(priors[1] / priors[0])];
    }

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        double probability = Links.Sigmoid(scores[0]);
        pulls[0] = label - probability;
        hessians[0] = probability * (1 - probability);
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => Links.LogOnePlusExp(scores[0]) - (label * scores[0]);
}
