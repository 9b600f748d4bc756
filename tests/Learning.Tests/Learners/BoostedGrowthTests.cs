using System.Runtime.Intrinsics;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class BoostedGrowthTests
{
    private const ulong Seed = 17;
    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Monotone_OnNoisyRows_HoldsOnAGrid(int direction)
    {
        TrainingSet set = Waves(600) with { Monotone = new Dictionary<string, int> { ["x0"] = direction } };
        IModel model = Some.Fit("gradient_boosting", set, ("min_rows_per_leaf", 2), ("iterations", 60), ("max_leaves", 64));
        for (double other = -2; other <= 2; other += 0.5)
        {
            double[] line = [.. Enumerable.Range(-40, 81).Select(step => model.Predict(step / 20.0, other, -other)[0])];
            Assert.All(line.Zip(line.Skip(1)), pair => Assert.True(direction * (pair.Second - pair.First) >= 0));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Monotone_OnMissingValues_DoesNotBindThem(int direction)
    {
        TrainingSet set = Some.Regression(Some.Numbers([double.NaN, double.NaN, 1, 1]), 6, 6, 2, 2) with { Monotone = new Dictionary<string, int> { ["x0"] = direction } };
        IModel model = Some.Fit("gradient_boosting", set, ("min_rows_per_leaf", 1), ("iterations", 1), ("learning_rate", 1), ("l2", 0));
        Assert.Equal((6, 2), (model.Predict(double.NaN)[0], model.Predict(1)[0]));
    }

    [Fact]
    public void Monotone_Unconstrained_ChangesDirectionOnThoseRows()
    {
        IModel model = Some.Fit("gradient_boosting", Waves(600));
        double[] line = [.. Enumerable.Range(-40, 81).Select(step => model.Predict(step / 20.0, 0, 0)[0])];
        Assert.Contains(line.Zip(line.Skip(1)), pair => pair.Second > pair.First);
        Assert.Contains(line.Zip(line.Skip(1)), pair => pair.Second < pair.First);
    }

    [Theory]
    [InlineData("charm", 1)]
    [InlineData("x0", 2)]
    public void Monotone_Impossible_NamesTheFeature(string feature, int direction)
    {
        TrainingSet set = Waves(20) with { Monotone = new Dictionary<string, int> { [feature] = direction } };
        LearningException failure = Assert.Throws<LearningException>(() => Some.Fit("gradient_boosting", set));
        Assert.Equal(("monotone_invalid", feature), (failure.Code, failure.Field));
    }

    [Fact]
    public void Monotone_OnCategories_IsRefused()
    {
        TrainingSet set = Some.Regression(Some.Category(2, [0, 1]), 1, 2) with { Monotone = new Dictionary<string, int> { ["c"] = 1 } };
        Assert.Equal("monotone_invalid", Assert.Throws<LearningException>(() => Some.Fit("gradient_boosting", set)).Code);
    }

    [Fact]
    public void Fit_DepthWise_SplitsTheShallowNodeFirst()
    {
        // Left of the first cut nearly nothing is left to gain; only a level-by-level tree of four leaves splits there.
        TrainingSet set = Some.Regression(Some.Numbers([0, 1, 2, 3, 4, 5, 6, 7]), 0, 0, 0.1, 0.1, 100, 140, 180, 220);
        Assert.Equal(0.02, Spread(1), 0.02);
        Assert.Equal(0, Spread(0));
        double Spread(double depthWise)
        {
            IModel model = Some.Fit("gradient_boosting", set, ("depth_wise", depthWise), ("max_leaves", 4), ("iterations", 1), ("min_rows_per_leaf", 1), ("learning_rate", 1), ("l2", 0));
            return depthWise == 0 ? model.Predict(3)[0] - model.Predict(0)[0] : (model.Predict(3)[0] - model.Predict(0)[0]) / 5;
        }
    }

    [Fact]
    public void Fit_WithL1_ShrinksTheStepTowardsZero()
    {
        // Pulls of ±4 per leaf, less 1, over Hessian 2 + l2 of 1.
        TrainingSet set = Some.Regression(Some.Numbers([0, 0, 1, 1]), 3, 3, 7, 7);
        IModel model = Some.Fit("gradient_boosting", set, ("iterations", 1), ("learning_rate", 1), ("l1", 1), ("l2", 1), ("min_rows_per_leaf", 1));
        Assert.Equal(5 - 1, model.Predict(0)[0], 12);
        Assert.Equal(5 + 1, model.Predict(1)[0], 12);
    }

    [Fact]
    public void Subtract_OfTheSibling_EqualsTheDirectHistogram()
    {
        TrainingSet set = Waves(5000);
        PackedBins bins = PackedBins.Pack(FeatureBins.Choose(set.Features, FeatureBins.MaximumBins, TwoThreads), set.Features, TwoThreads);
        GradientPairs pairs = Pairs(set);
        TileLayout layout = TileLayout.Separate(bins);
        HistogramBuilder builder = new(bins, new Workers(TwoThreads), new GradientHistogramPool(layout));
        TileFeatures[] tiles = TileFeatures.Group([0, 1, 2]);
        int[] rows = [.. Enumerable.Range(0, bins.RowCount)];
        GradientHistogram parent = new(layout);
        GradientHistogram left = new(layout);
        GradientHistogram right = new(layout);
        builder.Build(parent, tiles, rows, 0, rows.Length, pairs);
        builder.Build(left, tiles, rows, 0, 1777, pairs);
        builder.Build(right, tiles, rows, 1777, rows.Length - 1777, pairs);
        parent.Subtract(left, 0);
        Assert.Equal(right.Tile(0).ToArray(), parent.Tile(0).ToArray());
        Assert.Contains(right.Tile(0).ToArray(), sum => sum != Vector128<long>.Zero);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void Grow_AtAnyMemoryBudget_GivesTheSameTree(long budget)
    {
        TrainingSet set = Waves(3000);
        PackedBins bins = PackedBins.Pack(FeatureBins.Choose(set.Features, FeatureBins.MaximumBins, TwoThreads), set.Features, TwoThreads);
        GrownTree expected = Grow(long.MaxValue);
        GrownTree actual = Grow(budget);
        Assert.Equal(39, expected.Nodes.Count);
        Assert.Equal(expected.Nodes.Select(node => node.Split), actual.Nodes.Select(node => node.Split));
        Assert.Equal(expected.Leaves, actual.Leaves);
        GrownTree Grow(long bytes) => new BoostedTreeGrower(bins, new Growth { MaximumLeaves = 40 }, new Workers(TwoThreads), bytes)
            .Grow([.. Enumerable.Range(0, bins.RowCount)], [0, 1, 2], Pairs(set)).Tree;
    }

    [Theory]
    [InlineData(0, 31)]
    [InlineData(6, 64)]
    public void Fit_OnEnoughRowsForThreads_WritesTheSameBytesAtAnyThreadCount(double depth, double leaves)
    {
        TrainingSet set = Waves(60_000);
        byte[] single = Write(1);
        Assert.All([2, 4, 16], threads => Assert.Equal(single, Write(threads)));
        byte[] Write(int threads)
        {
            SectionWriter writer = new();
            LearnerCatalog.Get("gradient_boosting").Fit(set, Some.Settings(("iterations", 4), ("max_depth", depth), ("max_leaves", leaves)), new FitOptions(1) { MaxDegreeOfParallelism = threads }, default).Write(writer);
            return writer.Written.ToArray();
        }
    }

    [Theory]
    [InlineData(1e-120)]
    [InlineData(1e120)]
    public void Fit_OnLabelsOfAnyScale_FindsTheStep(double scale)
    {
        TrainingSet set = Some.Regression(Some.Numbers([0, 0, 1, 1]), 3 * scale, 3 * scale, 7 * scale, 7 * scale);
        IModel model = Some.Fit("gradient_boosting", set, ("iterations", 1), ("learning_rate", 1), ("l2", 0), ("min_rows_per_leaf", 1));
        Assert.Equal(3, model.Predict(0)[0] / scale, 9);
        Assert.Equal(7, model.Predict(1)[0] / scale, 9);
    }

    [Fact]
    public void Fill_EveryValue_AgreesWithBinOf()
    {
        TrainingSet set = Waves(2000);
        double[] probes = [.. set.Features.Column(0), double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0];
        FeatureBins bins = FeatureBins.Of(set.Features.Features[0], set.Features.Column(0), FeatureBins.MaximumBins);
        byte[] filled = new byte[probes.Length];
        bins.Fill(filled, probes);
        Assert.Equal(probes.Select(bins.BinOf), filled);
    }

    private static GradientPairs Pairs(TrainingSet set)
    {
        GradientPairs pairs = new(set.Labels.Length);
        for (int row = 0; row < set.Labels.Length; row++)
        {
            pairs.Raw[row] = Vector128.Create(set.Labels[row], 1);
        }

        pairs.Scale(set.Labels.Max(Math.Abs), 1);
        pairs.Fix(0, set.Labels.Length);
        return pairs;
    }

    private static TrainingSet Waves(int rows)
    {
        DeterministicRandom random = new(Seed);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextGaussian()).ToArray())];
        double[] labels = [.. Enumerable.Range(0, rows).Select(row => Math.Sin(3 * columns[0][row]) + columns[1][row] + (0.3 * random.NextGaussian()))];
        return Some.Regression(Some.Numbers(columns), labels);
    }
}
