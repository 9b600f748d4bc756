namespace Trainyard.Learning.Learners.Boosting;

/// <summary>ln Σ e^sⱼ - s_y with p = softmax(s): pull [y = k] - pₖ, Hessian 2 pₖ (1 - pₖ).</summary>
/// <remarks>
/// Source: Friedman, Greedy function approximation, Annals of Statistics 29, 2001, section 4.6. Twice the diagonal bounds
/// the whole Hessian, so that the steps of all classes together do not overshoot; and settings that are measured in Hessians
/// mean what they mean in XGBoost, which doubles it too.
/// </remarks>
/// <param name="classCount">At least 3.</param>
internal sealed class SoftmaxLoss(int classCount) : IObjective
{
    /// <summary>Twice the diagonal less the Hessian has rows whose diagonal equals the sum of the others' magnitudes, so it is never negative.</summary>
    private const double Bound = 2;

    public int ScoreCount => classCount;

    public double[] Baseline(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights) =>
        Array.ConvertAll(ClassPriors.Of(labels, weights, classCount), Math.Log);

    public void Derive(double label, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        scores.CopyTo(pulls);
        Links.Softmax(pulls);
        for (int index = 0; index < classCount; index++)
        {
            double probability = pulls[index];
            pulls[index] = (index == (int)label ? 1 : 0) - probability;
            hessians[index] = Bound * probability * (1 - probability);
        }
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => Links.LogSumExp(scores) - scores[(int)label];
}
