using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Tests.Learners;

public class PackedBinsTests
{
    private const int Rows = 1000;

    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(71)]
    public void Fill_StretchByStretch_GivesTheBinsOfAllAtOnce(int features)
    {
        FeatureMatrix matrix = Some.Numbers([.. Enumerable.Range(0, features).Select(feature => Enumerable.Range(0, Rows).Select(row => (double)(row * (feature + 7) % 331)).ToArray())]);
        PackedBins whole = PackedBins.Pack(FeatureBins.Choose(matrix, FeatureBins.MaximumBins, TwoThreads), matrix, TwoThreads);

        PackedBins filled = PackedBins.WithoutColumns(whole.Features, Rows);
        for (int feature = 0; feature < features; feature++)
        {
            Assert.True(whole.TryGetColumn(feature, out ReadOnlySpan<byte> column));
            Assert.False(filled.TryGetColumn(feature, out _));
            filled.Fill(feature, 0, column[..300]);
            filled.Fill(feature, 300, column[300..]);
        }

        for (int feature = 0; feature < features; feature++)
        {
            for (int row = 0; row < Rows; row++)
            {
                Assert.Equal(whole.Bin(feature, row), filled.Bin(feature, row));
                Assert.Equal(whole.Bin(feature, row), whole.Lane(feature)[row]);
            }
        }
    }

    [Fact]
    public void WithoutColumns_TakesAByteAFeatureAndRow()
    {
        const int features = 1000;
        FeatureMatrix matrix = Some.Numbers([.. Enumerable.Range(0, features).Select(_ => new double[] { 1, 2 })]);
        FeatureBins[] bins = FeatureBins.Choose(matrix, FeatureBins.MaximumBins, TwoThreads);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PackedBins filled = PackedBins.WithoutColumns(bins, Rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, features * Rows, 1.01 * features * Rows);
        GC.KeepAlive(filled);
    }
}
