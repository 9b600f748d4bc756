using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The innermost loops of training: brings rows together and adds their pairs to the bins of one tile.</summary>
/// <remarks>Optimised at the first call: a fit spends most of its time here, and has no calls whose targets a profile could tell.</remarks>
internal static class HistogramKernel
{
    private const int HalfLanes = PackedBins.Lanes / 2;
    private const int HalfBits = 32;

    /// <summary>
    /// Copies the pairs and bins of some rows, wherever they lie, behind one another. Nothing here waits for what was loaded,
    /// so the processor fetches many rows at once; adding straight from where they lie would fetch few.
    /// </summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="source">The words of all rows, <paramref name="width"/> each.</param>
    /// <param name="width">Words per row; 1 to 4.</param>
    /// <param name="target">Receives the words, <paramref name="width"/> per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<ulong> source, int width, Span<ulong> target)
    {
        if (width == PackedBins.BlockTiles)
        {
            ReadOnlySpan<Vector256<ulong>> from = MemoryMarshal.Cast<ulong, Vector256<ulong>>(source);
            Span<Vector256<ulong>> to = MemoryMarshal.Cast<ulong, Vector256<ulong>>(target)[..rows.Length];
            for (int index = 0; index < rows.Length; index++)
            {
                to[index] = from[rows[index]];
            }

            return;
        }

        int place = 0;
        foreach (int row in rows)
        {
            for (int word = 0; word < width; word++)
            {
                target[place++] = source[(row * width) + word];
            }
        }
    }

    /// <summary>Adds <paramref name="pairs"/>[i] to the bins in word i.</summary>
    /// <param name="pairs">One pair per row.</param>
    /// <param name="words">The rows' words from that of the tile on; none of its bins reaches the stride of the sums.</param>
    /// <param name="width">Words per row.</param>
    /// <param name="sums">The tile's sums, <see cref="PackedBins.Lanes"/> strides long.</param>
    /// <param name="lanes">Features that the tile holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<Vector128<long>> pairs, ReadOnlySpan<ulong> words, int width, Span<Vector128<long>> sums, int lanes)
    {
        int stride = sums.Length / PackedBins.Lanes;
        int place = 0;
        if (lanes <= HalfLanes)
        {
            foreach (ref readonly Vector128<long> pair in pairs)
            {
                AddHalf((uint)words[place], pair, sums, stride);
                place += width;
            }

            return;
        }

        Span<Vector128<long>> upper = sums[(HalfLanes * stride)..];
        foreach (ref readonly Vector128<long> each in pairs)
        {
            ulong word = words[place];
            Vector128<long> pair = each;
            AddHalf((uint)word, pair, sums, stride);
            AddHalf((uint)(word >> HalfBits), pair, upper, stride);
            place += width;
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
