using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class RowSweepTests
{
    private const ulong Seed = 41;
    private static readonly ParallelOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    public void Find_OnRandomNodes_FindsTheSplitOfTheWholeHistogram(int width, int leastRows)
    {
        DeterministicRandom random = new(Seed);
        GrowerOptions options = new() { MinimumRowsPerLeaf = leastRows };
        int found = 0;
        for (int round = 0; round < 200; round++)
        {
            int count = 2 + random.NextInt(300);
            double[] column = [.. Enumerable.Range(0, count).Select(_ => round % 2 == 0 && random.NextInt(5) == 0 ? double.NaN : random.NextInt(1 + (round * 2)))];
            BinnedFeatures binned = BinnedFeatures.Fit(Some.Numbers(column), FeatureBins.MaximumBins, OneThread);
            Targets targets = Random(random, count, width);
            int[] members = [.. Enumerable.Range(0, count).Where(_ => random.NextInt(4) > 0)];
            if (members.Length == 0)
            {
                continue;
            }

            HistogramLayout layout = HistogramLayout.Separate(binned, width);
            Histogram histogram = new(layout);
            histogram.Build(binned, 0, members, targets, default);
            Split? expected = new SplitFinder(options, layout).Find(0, binned.Features[0], histogram.Of(0));

            RowSweep sweep = new(options, count);
            sweep.Begin(targets);
            sweep.Enter(members);
            Assert.Equal(expected, sweep.Find(0, binned.Features[0], binned.Column(0), members));
            Assert.Equal(expected, sweep.Find(0, binned.Features[0], binned.Column(0), members));
            found += expected is null ? 0 : 1;
        }

        Assert.True(found > 100, $"Only {found} splits were compared.");
    }

    /// <summary>Whole numbers, whose sums are exact in any order.</summary>
    private static Targets Random(DeterministicRandom random, int count, int width)
    {
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => (double)random.NextInt(4))];
        double[] pulls = new double[count * width];
        for (int row = 0; row < count; row++)
        {
            pulls[(row * width) + random.NextInt(width)] = weights[row] * (width == 1 ? random.NextInt(9) - 4 : 1);
        }

        return new Targets(width, pulls, weights);
    }
}
