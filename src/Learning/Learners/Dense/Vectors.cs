using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Dense;

/// <summary>Sums over columns in a fixed order of additions: the same bits on every processor.</summary>
/// <remarks>A fit is often the first thing that a process does: loops over all rows are compiled well at once.</remarks>
internal static class Vectors
{
    /// <summary>Σ aᵢ bᵢ in four interleaved partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(first);
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(second);
        right = right[..left.Length];
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

    /// <summary>target += Σ factorᵢ × sourceᵢ for four sources at once, which spares three of four trips through the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> factors, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        Span<Vector256<double>> sums = MemoryMarshal.Cast<double, Vector256<double>>(target);
        ReadOnlySpan<Vector256<double>> first = MemoryMarshal.Cast<double, Vector256<double>>(a)[..sums.Length];
        ReadOnlySpan<Vector256<double>> second = MemoryMarshal.Cast<double, Vector256<double>>(b)[..sums.Length];
        ReadOnlySpan<Vector256<double>> third = MemoryMarshal.Cast<double, Vector256<double>>(c)[..sums.Length];
        ReadOnlySpan<Vector256<double>> fourth = MemoryMarshal.Cast<double, Vector256<double>>(d)[..sums.Length];
        (Vector256<double> forA, Vector256<double> forB, Vector256<double> forC, Vector256<double> forD) =
            (Vector256.Create(factors[0]), Vector256.Create(factors[1]), Vector256.Create(factors[2]), Vector256.Create(factors[3]));
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] += ((forA * first[index]) + (forB * second[index])) + ((forC * third[index]) + (forD * fourth[index]));
        }

        for (int index = sums.Length * Vector256<double>.Count; index < target.Length; index++)
        {
            target[index] += ((factors[0] * a[index]) + (factors[1] * b[index])) + ((factors[2] * c[index]) + (factors[3] * d[index]));
        }
    }

    /// <summary>Turns two vectors in their plane: (c a - s b, s a + c b).</summary>
    public static void Rotate(Span<double> first, Span<double> second, double cosine, double sine)
    {
        Span<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(first);
        Span<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(second)[..left.Length];
        for (int index = 0; index < left.Length; index++)
        {
            (left[index], right[index]) = ((cosine * left[index]) - (sine * right[index]), (sine * left[index]) + (cosine * right[index]));
        }

        for (int index = left.Length * Vector256<double>.Count; index < first.Length; index++)
        {
            (first[index], second[index]) = ((cosine * first[index]) - (sine * second[index]), (sine * first[index]) + (cosine * second[index]));
        }
    }

    /// <summary>Σ (aᵢ - bᵢ)²; where the first is missing it counts as 0.</summary>
    public static double SquaredDistance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(first);
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(second)[..left.Length];
        Vector256<double> sums = Vector256<double>.Zero;
        for (int index = 0; index < left.Length; index++)
        {
            Vector256<double> value = left[index];
            Vector256<double> difference = Vector256.ConditionalSelect(Vector256.Equals(value, value), value, Vector256<double>.Zero) - right[index];
            sums += difference * difference;
        }

        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (int index = left.Length * Vector256<double>.Count; index < first.Length; index++)
        {
            double difference = (double.IsNaN(first[index]) ? 0 : first[index]) - second[index];
            sum += difference * difference;
        }

        return sum;
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
