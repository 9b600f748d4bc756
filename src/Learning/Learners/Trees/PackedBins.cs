using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Bin numbers, those of eight features to a word: one load brings what eight histograms need of a row.</summary>
internal sealed class PackedBins
{
    /// <summary>Features per tile, a byte of the word each.</summary>
    public const int Lanes = 8;

    /// <summary>Rows that one piece of packing work takes.</summary>
    private const int ChunkRows = 1 << 15;

    private readonly ulong[][] tiles;

    private PackedBins(FeatureBins[] features, ulong[][] tiles, int rowCount)
    {
        Features = features;
        this.tiles = tiles;
        RowCount = rowCount;
    }

    public FeatureBins[] Features { get; }

    public int RowCount { get; }

    public int TileCount => tiles.Length;

    /// <summary>One word per row; the tile's first feature is its lowest byte.</summary>
    public ReadOnlySpan<ulong> Words(int tile) => tiles[tile];

    /// <summary>Features that a tile holds.</summary>
    public int LanesOf(int tile) => Math.Min(Lanes, Features.Length - (tile * Lanes));

    public byte Bin(int feature, int row) => (byte)(tiles[feature / Lanes][row] >> ShiftOf(feature));

    /// <summary>Bits below the feature's byte.</summary>
    public static int ShiftOf(int feature) => feature % Lanes * 8;

    /// <summary>Replaces every value by its bin.</summary>
    public static PackedBins Pack(FeatureBins[] features, FeatureMatrix matrix, ParallelOptions parallel)
    {
        ulong[][] filled = new ulong[(features.Length + Lanes - 1) / Lanes][];
        for (int tile = 0; tile < filled.Length; tile++)
        {
            filled[tile] = new ulong[matrix.RowCount];
        }

        int chunks = (matrix.RowCount + ChunkRows - 1) / ChunkRows;
        Parallel.For(0L, (long)filled.Length * chunks, parallel, piece =>
        {
            int tile = (int)(piece / chunks);
            int start = (int)(piece % chunks) * ChunkRows;
            Span<ulong> words = filled[tile].AsSpan(start, Math.Min(ChunkRows, matrix.RowCount - start));
            for (int feature = tile * Lanes; feature < Math.Min(features.Length, (tile + 1) * Lanes); feature++)
            {
                features[feature].PackInto(words, matrix.Column(feature).Slice(start, words.Length), ShiftOf(feature));
            }
        });
        return new PackedBins(features, filled, matrix.RowCount);
    }
}
