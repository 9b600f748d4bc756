using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Loss and residuals of two classes, four rows at a time.</summary>
/// <remarks>With t = e^-|s| in (0, 1]: ln(1 + e^s) = max(s, 0) + ln(1 + t), and 1 / (1 + e^-s) is 1 / (1 + t) or t / (1 + t); nothing overflows.</remarks>
internal static class LogisticResiduals
{
    /// <summary>Replaces scores by weighted residuals w (p - y); returns Σ w (ln(1 + e^s) - y s).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Fill(Span<double> scores, ReadOnlySpan<double> labels, ReadOnlySpan<double> weights)
    {
        Span<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(scores);
        ReadOnlySpan<Vector256<double>> truths = MemoryMarshal.Cast<double, Vector256<double>>(labels)[..vectors.Length];
        ReadOnlySpan<Vector256<double>> shares = MemoryMarshal.Cast<double, Vector256<double>>(weights)[..vectors.Length];
        Vector256<double> losses = Vector256<double>.Zero;
        for (int index = 0; index < vectors.Length; index++)
        {
            Vector256<double> score = vectors[index];
            Vector256<double> tail = Vector256.Exp(-Vector256.Abs(score));
            Vector256<double> whole = Vector256<double>.One + tail;
            losses += shares[index] * (Vector256.Max(score, Vector256<double>.Zero) + Vector256.Log(whole) - (truths[index] * score));
            Vector256<double> upper = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(score, Vector256<double>.Zero), Vector256<double>.One, tail);
            vectors[index] = shares[index] * ((upper / whole) - truths[index]);
        }

        double loss = losses[0] + losses[1] + losses[2] + losses[3];
        for (int row = vectors.Length * Vector256<double>.Count; row < scores.Length; row++)
        {
            double score = scores[row];
            loss += weights[row] * (Links.LogOnePlusExp(score) - (labels[row] * score));
            scores[row] = weights[row] * (Links.Sigmoid(score) - labels[row]);
        }

        return loss;
    }
}
