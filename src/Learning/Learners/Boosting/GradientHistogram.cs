using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Sums of gradient pairs for every bin of the features of some tiles, over the rows of one node.</summary>
internal sealed class GradientHistogram(TileLayout layout)
{
    private readonly Vector128<long>[] sums = new Vector128<long>[layout.Length];

    public Span<Vector128<long>> Tile(int tile) => sums.AsSpan(layout.StartOf(tile), PackedBins.Lanes * layout.StrideOf(tile));

    public ReadOnlySpan<Vector128<long>> Feature(int feature)
    {
        int tile = feature / PackedBins.Lanes;
        return Tile(tile).Slice(feature % PackedBins.Lanes * layout.StrideOf(tile), layout.StrideOf(tile));
    }

    /// <summary>Adds the sums of other rows of the node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(GradientHistogram other, int tile)
    {
        Span<Vector128<long>> target = Tile(tile);
        ReadOnlySpan<Vector128<long>> added = other.Tile(tile);
        for (int index = 0; index < target.Length; index++)
        {
            target[index] += added[index];
        }
    }

    /// <summary>Turns a parent's sums into those of one child by taking away the other's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(GradientHistogram sibling, int tile)
    {
        Span<Vector128<long>> target = Tile(tile);
        ReadOnlySpan<Vector128<long>> taken = sibling.Tile(tile);
        for (int index = 0; index < target.Length; index++)
        {
            target[index] -= taken[index];
        }
    }
}
