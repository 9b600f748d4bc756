using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Where each tile's bins lie in a histogram. The features of a tile have equal room: that of the one with the most bins.</summary>
internal sealed class TileLayout
{
    private readonly int[] starts;
    private readonly int[] strides;

    private TileLayout(int[] starts, int[] strides, int length)
    {
        this.starts = starts;
        this.strides = strides;
        Length = length;
    }

    public int Length { get; }

    public int StartOf(int tile) => starts[tile];

    public int StrideOf(int tile) => strides[tile];

    /// <summary>A place of its own for each tile.</summary>
    public static TileLayout Separate(PackedBins bins)
    {
        int[] sizes = Strides(bins);
        int[] places = new int[sizes.Length];
        int end = 0;
        for (int tile = 0; tile < sizes.Length; tile++)
        {
            places[tile] = end;
            end += PackedBins.Lanes * sizes[tile];
        }

        return new TileLayout(places, sizes, end);
    }

    /// <summary>One place for all tiles, of which only one can be looked at at a time.</summary>
    public static TileLayout Shared(PackedBins bins)
    {
        int[] sizes = Strides(bins);
        return new TileLayout(new int[sizes.Length], sizes, PackedBins.Lanes * sizes.DefaultIfEmpty(0).Max());
    }

    /// <summary>Bytes of one histogram in which every tile has its own place.</summary>
    public static long SeparateBytes(PackedBins bins) =>
        Strides(bins).Sum(stride => (long)stride) * PackedBins.Lanes * Unsafe.SizeOf<Vector128<long>>();

    private static int[] Strides(PackedBins bins) =>
        [.. Enumerable.Range(0, bins.TileCount).Select(tile => 1 + bins.Features.Skip(tile * PackedBins.Lanes).Take(PackedBins.Lanes).Max(feature => feature.MissingBin))];
}
