using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The innermost loop of training: adds the pairs of some rows to the bins of one tile.</summary>
internal static class HistogramKernel
{
    private const int HalfLanes = PackedBins.Lanes / 2;
    private const int HalfBits = 32;

    /// <summary>Adds <paramref name="pairs"/>[i] to the bins of row <paramref name="rows"/>[i].</summary>
    /// <param name="rows">Row numbers below the length of <paramref name="words"/>.</param>
    /// <param name="pairs">As many pairs as rows.</param>
    /// <param name="words">The tile's bins; none reaches the stride.</param>
    /// <param name="sums">The tile's sums, <see cref="PackedBins.Lanes"/> strides long.</param>
    /// <param name="lanes">Features that the tile holds.</param>
    public static void Add(ReadOnlySpan<int> rows, ReadOnlySpan<Vector128<long>> pairs, ReadOnlySpan<ulong> words, Span<Vector128<long>> sums, int lanes)
    {
        int stride = sums.Length / PackedBins.Lanes;
        pairs = pairs[..rows.Length];
        if (lanes <= HalfLanes)
        {
            for (int index = 0; index < rows.Length; index++)
            {
                AddHalf((uint)words[rows[index]], pairs[index], sums, stride);
            }

            return;
        }

        Span<Vector128<long>> upper = sums[(HalfLanes * stride)..];
        for (int index = 0; index < rows.Length; index++)
        {
            ulong word = words[rows[index]];
            Vector128<long> pair = pairs[index];
            AddHalf((uint)word, pair, sums, stride);
            AddHalf((uint)(word >> HalfBits), pair, upper, stride);
        }
    }

    // Bins lie below the stride by construction (FeatureBins.BinOf), so four strides bound every index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddHalf(uint bins, Vector128<long> pair, Span<Vector128<long>> sums, int stride)
    {
        ref Vector128<long> first = ref MemoryMarshal.GetReference(sums);
        Unsafe.Add(ref first, (nint)(byte)bins) += pair;
        Unsafe.Add(ref first, (nint)(byte)(bins >> 8) + stride) += pair;
        Unsafe.Add(ref first, (nint)(byte)(bins >> 16) + (2 * stride)) += pair;
        Unsafe.Add(ref first, (nint)(bins >> 24) + (3 * stride)) += pair;
    }
}
