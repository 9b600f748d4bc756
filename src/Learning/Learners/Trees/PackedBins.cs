using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Bin numbers twice: by column, where one feature of many rows is asked, and row by row, where all features of few rows are.</summary>
/// <remarks>
/// Row by row, eight features make a tile, a word per row; up to four tiles lie side by side in a block. So one cache line
/// brings what the histograms of 32 features need of a row, wherever in the table the row is.
/// </remarks>
internal sealed class PackedBins
{
    /// <summary>Features per tile, a byte of the word each.</summary>
    public const int Lanes = 8;

    /// <summary>Tiles per block at most: half of a cache line of 64 bytes per row.</summary>
    public const int BlockTiles = 4;

    /// <summary>Rows that one piece of packing work takes.</summary>
    private const int ChunkRows = 1 << 15;

    private readonly BinnedFeatures columns;
    private readonly ulong[][] blocks;

    private PackedBins(BinnedFeatures columns, ulong[][] blocks)
    {
        this.columns = columns;
        this.blocks = blocks;
    }

    public FeatureBins[] Features => columns.Features;

    public int RowCount => columns.RowCount;

    public int TileCount => TilesFor(columns.FeatureCount);

    /// <summary>One byte per row.</summary>
    public ReadOnlySpan<byte> Column(int feature) => columns.Column(feature);

    /// <summary>As many words per row as the block has tiles; a tile's first feature is its word's lowest byte.</summary>
    public ReadOnlySpan<ulong> Block(int block) => blocks[block];

    /// <summary>Tiles of a block.</summary>
    public int TilesOf(int block) => Math.Min(BlockTiles, TileCount - (block * BlockTiles));

    /// <summary>Features that a tile holds.</summary>
    public int LanesOf(int tile) => Math.Min(Lanes, Features.Length - (tile * Lanes));

    public byte Bin(int feature, int row) => columns.Bin(feature, row);

    /// <summary>Replaces every value by its bin.</summary>
    public static PackedBins Pack(FeatureBins[] features, FeatureMatrix matrix, ParallelOptions parallel) =>
        Pack(BinnedFeatures.Apply(features, matrix, parallel), parallel);

    /// <summary>Lays bins out row by row as well.</summary>
    public static PackedBins Pack(BinnedFeatures byColumn, ParallelOptions parallel)
    {
        int rowCount = byColumn.RowCount;
        int tiles = TilesFor(byColumn.FeatureCount);
        ulong[][] filled = new ulong[(tiles + BlockTiles - 1) / BlockTiles][];
        for (int block = 0; block < filled.Length; block++)
        {
            filled[block] = new ulong[(long)rowCount * Math.Min(BlockTiles, tiles - (block * BlockTiles))];
        }

        int chunks = (rowCount + ChunkRows - 1) / ChunkRows;
        Parallel.For(0L, (long)filled.Length * chunks, parallel, piece =>
        {
            int block = (int)(piece / chunks);
            int start = (int)(piece % chunks) * ChunkRows;
            Interleave(byColumn, block, filled[block], start, Math.Min(ChunkRows, rowCount - start));
        });
        return new PackedBins(byColumn, filled);
    }

    private static int TilesFor(int features) => (features + Lanes - 1) / Lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(BinnedFeatures source, int block, ulong[] words, int start, int count)
    {
        int first = block * BlockTiles * Lanes;
        int stride = Math.Min(BlockTiles, TilesFor(source.FeatureCount - first)) * Lanes;
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan()).Slice(start * stride, count * stride);
        for (int feature = first; feature < Math.Min(source.FeatureCount, first + stride); feature++)
        {
            ReadOnlySpan<byte> column = source.Column(feature).Slice(start, count);
            int place = feature - first;
            foreach (byte bin in column)
            {
                bytes[place] = bin;
                place += stride;
            }
        }
    }
}
