using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>A feature matrix with every value replaced by the number of its bin: what trees are grown on.</summary>
internal sealed class BinnedFeatures
{
    private readonly byte[][] columns;

    private BinnedFeatures(FeatureBins[] features, byte[][] columns, int rowCount)
    {
        Features = features;
        this.columns = columns;
        RowCount = rowCount;
    }

    public FeatureBins[] Features { get; }

    public int FeatureCount => columns.Length;

    public int RowCount { get; }

    public ReadOnlySpan<byte> Column(int feature) => columns[feature];

    public byte Bin(int feature, int row) => columns[feature][row];

    /// <summary>Chooses the bins from <paramref name="matrix"/> and fills them.</summary>
    public static BinnedFeatures Fit(FeatureMatrix matrix, int maximumBins, ParallelOptions parallel) =>
        Apply(FeatureBins.Choose(matrix, maximumBins, parallel), matrix, parallel);

    /// <summary>Fills bins that were chosen from other rows.</summary>
    public static BinnedFeatures Apply(FeatureBins[] features, FeatureMatrix matrix, ParallelOptions parallel)
    {
        byte[][] filled = new byte[features.Length][];
        Parallel.For(0, features.Length, parallel, feature =>
        {
            filled[feature] = new byte[matrix.RowCount];
            features[feature].Fill(filled[feature], matrix.Column(feature));
        });
        return new BinnedFeatures(features, filled, matrix.RowCount);
    }
}
