using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Bin numbers row by row, where all features of few rows are asked; and by column too, where one feature of many rows is, unless memory is dearer than time.</summary>
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

    /// <summary>Features per block at most.</summary>
    private const int BlockLanes = BlockTiles * Lanes;

    /// <summary>Rows that one piece of packing work takes.</summary>
    private const int ChunkRows = 1 << 15;

    private readonly BinnedFeatures? columns;
    private readonly ulong[][] blocks;

    private PackedBins(FeatureBins[] features, int rowCount, BinnedFeatures? columns)
    {
        Features = features;
        RowCount = rowCount;
        this.columns = columns;
        blocks = new ulong[(TileCount + BlockTiles - 1) / BlockTiles][];
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new ulong[(long)rowCount * TilesOf(block)];
        }
    }

    public FeatureBins[] Features { get; }

    public int RowCount { get; }

    public int TileCount => (Features.Length + Lanes - 1) / Lanes;

    /// <summary>As many words per row as the block has tiles; a tile's first feature is its word's lowest byte.</summary>
    public ReadOnlySpan<ulong> Block(int block) => blocks[block];

    /// <summary>Tiles of a block.</summary>
    public int TilesOf(int block) => Math.Min(BlockTiles, TileCount - (block * BlockTiles));

    /// <summary>Features that a tile holds.</summary>
    public int LanesOf(int tile) => Math.Min(Lanes, Features.Length - (tile * Lanes));

    /// <summary>One byte per row; false where there are no columns, and <see cref="Lane"/> must do.</summary>
    public bool TryGetColumn(int feature, out ReadOnlySpan<byte> column)
    {
        column = columns is null ? [] : columns.Column(feature);
        return columns is not null;
    }

    /// <summary>The bins of one feature where they lie row by row.</summary>
    public PackedLane Lane(int feature)
    {
        int block = feature / BlockLanes;
        int place = feature % BlockLanes;
        return new PackedLane(blocks[block], TilesOf(block), place / Lanes, place % Lanes);
    }

    public byte Bin(int feature, int row) => columns is null ? Lane(feature)[row] : columns.Bin(feature, row);

    /// <summary>Room for rows that come in by and by, a byte a feature and row; every row must be filled before anything is asked.</summary>
    public static PackedBins WithoutColumns(FeatureBins[] features, int rowCount) => new(features, rowCount, columns: null);

    /// <summary>Replaces every value by its bin.</summary>
    public static PackedBins Pack(FeatureBins[] features, FeatureMatrix matrix, ParallelOptions parallel)
    {
        BinnedFeatures byColumn = BinnedFeatures.Apply(features, matrix, parallel);
        PackedBins packed = new(features, matrix.RowCount, byColumn);
        int chunks = (packed.RowCount + ChunkRows - 1) / ChunkRows;
        Parallel.For(0L, (long)packed.blocks.Length * chunks, parallel, piece =>
        {
            int block = (int)(piece / chunks);
            int start = (int)(piece % chunks) * ChunkRows;
            int count = Math.Min(ChunkRows, packed.RowCount - start);
            for (int feature = block * BlockLanes; feature < Math.Min(features.Length, (block + 1) * BlockLanes); feature++)
            {
                packed.Fill(feature, start, byColumn.Column(feature).Slice(start, count));
            }
        });
        return packed;
    }

    /// <summary>Sets a feature of some rows.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="bins">Their bins.</param>
    public void Fill(int feature, int start, ReadOnlySpan<byte> bins)
    {
        int block = feature / BlockLanes;
        int stride = TilesOf(block) * Lanes;
        Interleave(bins, MemoryMarshal.AsBytes(blocks[block].AsSpan(start * TilesOf(block), bins.Length * TilesOf(block))), feature % BlockLanes, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ReadOnlySpan<byte> bins, Span<byte> bytes, int place, int stride)
    {
        foreach (byte bin in bins)
        {
            bytes[place] = bin;
            place += stride;
        }
    }
}
