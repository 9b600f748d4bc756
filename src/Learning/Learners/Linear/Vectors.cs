using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Sums over columns in a fixed order of additions: the same bits on every processor.</summary>
internal static class Vectors
{
    /// <summary>Σ aᵢ bᵢ in four interleaved partial sums.</summary>
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(first);
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(second);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int index = 0; index < left.Length; index++)
        {
            sums += left[index] * right[index];
        }

        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (int index = left.Length * Vector256<double>.Count; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }

    /// <summary>target += factor × source.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        Span<Vector256<double>> sums = MemoryMarshal.Cast<double, Vector256<double>>(target);
        ReadOnlySpan<Vector256<double>> added = MemoryMarshal.Cast<double, Vector256<double>>(source);
        Vector256<double> factors = Vector256.Create(factor);
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] += factors * added[index];
        }

        for (int index = sums.Length * Vector256<double>.Count; index < target.Length; index++)
        {
            target[index] += factor * source[index];
        }
    }

    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
