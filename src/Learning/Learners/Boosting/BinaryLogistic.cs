using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DeriveRows(ReadOnlySpan<double> labels, ReadOnlySpan<double> scores, Span<double> pulls, Span<double> hessians)
    {
        int vectored = labels.Length / Vector256<double>.Count * Vector256<double>.Count;
        for (int row = 0; row < vectored; row += Vector256<double>.Count)
        {
            Vector256<double> score = Vector256.Create(scores[row..]);
            Vector256<double> tail = Vector256.Exp(-Vector256.Abs(score));
            Vector256<double> above = Vector256.GreaterThanOrEqual(score, Vector256<double>.Zero);
            Vector256<double> probability = Vector256.ConditionalSelect(above, Vector256<double>.One, tail) / (Vector256<double>.One + tail);
            (Vector256.Create(labels[row..]) - probability).CopyTo(pulls[row..]);
            (probability * (Vector256<double>.One - probability)).CopyTo(hessians[row..]);
        }

        for (int row = vectored; row < labels.Length; row++)
        {
            Derive(labels[row], scores.Slice(row, 1), pulls.Slice(row, 1), hessians.Slice(row, 1));
        }
    }

    public double Loss(double label, ReadOnlySpan<double> scores) => Links.LogOnePlusExp(scores[0]) - (label * scores[0]);
}
