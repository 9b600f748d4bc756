using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The features of one tile that a tree may ask.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Features">Some or all of its features, in ascending order.</param>
internal sealed record TileFeatures(int Tile, int[] Features)
{
    /// <summary>Groups features by tile; tiles without any are left out.</summary>
    public static TileFeatures[] Group(IEnumerable<int> features) =>
        [.. features.GroupBy(feature => feature / PackedBins.Lanes).Select(group => new TileFeatures(group.Key, [.. group]))];
}
