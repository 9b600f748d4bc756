using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class TreeGrowerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(TreeGrower.HistogramBudget)]
    public void Grow_AtAnyMemoryBudget_GivesTheSameTree(long budget)
    {
        // Whole numbers add up without rounding, so subtracted and counted histograms are equal.
        TrainingSet set = Samples.Load("digits");
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = 2 };
        BinnedFeatures binned = BinnedFeatures.Fit(set.Features, FeatureBins.MaximumBins, parallel);
        GrowerOptions options = new() { MaximumLeaves = 40 };
        Targets targets = TargetBuilder.Of(set, TargetBuilder.Weights(set), 0);
        int[] features = [.. Enumerable.Range(0, binned.FeatureCount)];
        GrownTree Grow(long bytes) => new TreeGrower(binned, targets.Width, options, parallel, bytes)
            .Grow([.. Enumerable.Range(0, binned.RowCount)], features, targets, new DeterministicRandom(1));
        GrownTree expected = Grow(long.MaxValue);
        GrownTree actual = Grow(budget);
        Assert.Equal(39, expected.Nodes.Count);
        Assert.Equal(expected.Nodes.Select(node => node.Split), actual.Nodes.Select(node => node.Split));
        Assert.Equal(expected.Leaves, actual.Leaves);
    }
}
