using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Fills histograms from the rows of a node, on several threads when that pays.</summary>
internal sealed class HistogramBuilder(PackedBins bins, Workers workers, GradientHistogramPool pool)
{
    /// <summary>Rows that are gathered at a time: 12 KiB of pairs and words, which with a tile's sums of 32 KiB fill a level-1 cache.</summary>
    private const int BlockRows = 256;

    /// <summary>
    /// Rows below which a thread of its own costs more than it saves: adding a row to 28 sums takes about 10 ns, bringing two
    /// threads' sums together about 10 µs.
    /// </summary>
    private const int LeastRows = 1 << 13;

    /// <summary>Builds some tiles of <paramref name="histogram"/>, on several threads where that pays.</summary>
    public void Build(GradientHistogram histogram, TileFeatures[] tiles, int[] rows, int start, int count, GradientPairs pairs)
    {
        if (!TryBuildByRows(histogram, tiles, rows, start, count, pairs))
        {
            Fill(histogram, tiles, rows.AsSpan(start, count), pairs);
        }
    }

    /// <summary>Lets each thread sum its own share of the rows, which whole numbers allow in any grouping; false when there are too few.</summary>
    public bool TryBuildByRows(GradientHistogram histogram, TileFeatures[] tiles, int[] rows, int start, int count, GradientPairs pairs)
    {
        int pieces = workers.PiecesFor(count, LeastRows);
        if (pieces == 1)
        {
            return false;
        }

        GradientHistogram[] parts = new GradientHistogram[pieces];
        parts[0] = histogram;
        for (int piece = 1; piece < pieces; piece++)
        {
            parts[piece] = pool.Rent();
        }

        workers.Run(pieces, piece => Fill(parts[piece], tiles, Workers.Share<int>(rows.AsSpan(start, count), pieces, piece), pairs));
        for (int piece = 1; piece < pieces; piece++)
        {
            foreach (TileFeatures tile in tiles)
            {
                histogram.Add(parts[piece], tile.Tile);
            }

            pool.Return(parts[piece]);
        }

        return true;
    }

    /// <summary>Fills some tiles on the calling thread.</summary>
    /// <param name="histogram">Whose tiles.</param>
    /// <param name="tiles">In ascending order.</param>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="pairs">What is summed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(GradientHistogram histogram, ReadOnlySpan<TileFeatures> tiles, ReadOnlySpan<int> rows, GradientPairs pairs)
    {
        Span<Vector128<long>> near = stackalloc Vector128<long>[BlockRows];
        Span<ulong> words = stackalloc ulong[BlockRows * PackedBins.BlockTiles];
        ReadOnlySpan<Vector128<long>> all = pairs.Rows;
        foreach (TileFeatures tile in tiles)
        {
            histogram.Tile(tile.Tile).Clear();
        }

        for (int start = 0; start < rows.Length; start += BlockRows)
        {
            workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> members = rows.Slice(start, Math.Min(BlockRows, rows.Length - start));
            for (int index = 0; index < members.Length; index++)
            {
                near[index] = all[members[index]];
            }

            int gathered = -1;
            foreach (TileFeatures tile in tiles)
            {
                int block = tile.Tile / PackedBins.BlockTiles;
                int width = bins.TilesOf(block);
                if (block != gathered)
                {
                    HistogramKernel.Gather(members, bins.Block(block), width, words);
                    gathered = block;
                }

                HistogramKernel.Add(near[..members.Length], words[(tile.Tile % PackedBins.BlockTiles)..], width, histogram.Tile(tile.Tile), bins.LanesOf(tile.Tile));
            }
        }
    }
}
