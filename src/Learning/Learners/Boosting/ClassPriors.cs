using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>How common each class is.</summary>
internal static class ClassPriors
{
    /// <summary>Added to each class, in shares of the total weight, so that a class without rows has a finite logarithm.</summary>
    private const double Smoothing = 1e-6;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Of(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, int classCount)
    {
        double[] shares = new double[classCount];
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            shares[(int)labels[row]] += weights[row];
            total += weights[row];
        }

        for (int label = 0; label < classCount; label++)
        {
            shares[label] = ((shares[label] / total) + Smoothing) / (1 + (classCount * Smoothing));
        }

        return shares;
    }
}
