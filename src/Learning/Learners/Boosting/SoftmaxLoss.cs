namespace Trainyard.Learning.Learners.Boosting;

/// <summary>ln Σ e^sⱼ - s_y with p = softmax(s): pull [y = k] - pₖ, Hessian pₖ (1 - pₖ), the diagonal only.</summary>
/// <remarks>Source: Friedman, Greedy function approximation, Annals of Statistics 29, 2001, section 4.6.</remarks>
/// <param name="classCount">At least 3.</param>
internal sealed class SoftmaxLoss(int classCount) : IObjective
{
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
            hessians[index] = probability * (1 - probability);
        }
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => Links.LogSumExp(scores) - scores[(int)label];
}
