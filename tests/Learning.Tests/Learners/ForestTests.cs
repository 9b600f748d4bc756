using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

public class ForestTests
{
    /// <summary>Twice the standard error of a share of some 1800 rows that two forests of other seeds may differ by.</summary>
    private const double AccuracyTolerance = 0.012;

    [Theory]
    [InlineData("digits", "accuracy", AccuracyTolerance)]
    [InlineData("breast-cancer", "accuracy", AccuracyTolerance)]
    [InlineData("diabetes", "r2", 0.03)]
    public void OutOfBag_OnSamples_IsTheWitnesss(string data, string metric, double tolerance)
    {
        Evaluation evaluation = Fit(data, ("out_of_bag", 1), ("trees", 300)).Lineage.OutOfBag!;
        Assert.Equal(WitnessFile.Read<Dictionary<string, double>>("forests.json")[data], evaluation.Metrics[metric], tolerance);
        Assert.Equal(SampleTables.Load(data).RowCount, evaluation.RowCount);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(75)]
    public void ExtraTrees_BetweenTwoValues_CutAnywhereAlike(double between)
    {
        // A tree says 1 when it cuts below: 1 of 100 first cuts lies between 0 and 1, and its next one anywhere between 1 and 100.
        IModel model = Some.Fit("extra_trees", Some.Regression(Some.Numbers([0, 1, 100]), 0, 0, 1), ("trees", 4000));
        Assert.Equal(between / 100, model.Predict(between)[0], 0.03);
    }

    [Fact]
    public void RandomForest_BelowTheRoot_CutsBetweenTheValuesOfTheNode()
    {
        // As a tree does, but found from the node's rows alone; about half of the trees draw both rows of the small node.
        double[] side = [0, 0, .. Enumerable.Repeat(1.0, 8)];
        double[] value = [1, 10, 2, 3, 4, 5, 6, 7, 8, 9];
        IModel model = Some.Fit("random_forest", Some.Regression(Some.Numbers(side, value), [0, 4, .. Enumerable.Repeat(100.0, 8)]), ("trees", 500), ("feature_fraction", 1));
        Assert.Equal(model.Predict(0, 1)[0], model.Predict(0, 2.4)[0], 1e-9);
        Assert.True(model.Predict(0, 5.6)[0] > model.Predict(0, 5.4)[0]);
    }

    [Fact]
    public void OutOfBag_OnNoise_IsNoBetterThanChance()
    {
        // Rows that a tree has seen would be told apart without fault.
        double[] noise = [.. Enumerable.Range(0, 400).Select(row => (double)(row * 7919 % 400))];
        double[] labels = [.. Enumerable.Range(0, 400).Select(row => (double)(row * 104_729 % 401 % 2))];
        IModel model = Some.Fit("random_forest", Some.Classes(Some.Numbers(noise), 2, labels), ("out_of_bag", 1));
        OutOfBagOutputs left = ((IOutOfBag)model).OutOfBag!;
        double right = left.Rows.Index().Count(each => Evaluator.MostProbable(left.Outputs.AsSpan(each.Index * 2, 2)) == labels[each.Item]);
        Assert.InRange(right / left.Rows.Length, 0.35, 0.65);
    }

    [Fact]
    public void OutOfBag_NotAskedFor_IsAbsent() => Assert.Null(Fit("iris").Lineage.OutOfBag);

    [Fact]
    public void OutOfBag_AtAnyThreadCount_IsTheSame()
    {
        double[] Outputs(int threads) => ((IOutOfBag)LearnerCatalog.Get("random_forest").Fit(
            Samples.Load("diabetes"), Some.Settings(("out_of_bag", 1), ("trees", 20)), new FitOptions(1) { MaxDegreeOfParallelism = threads }, default)).OutOfBag!.Outputs;
        Assert.Equal(Outputs(1), Outputs(4));
    }

    [Fact]
    public void Fit_ExtraTreesOnCategories_FindsTheOnesThatMatter()
    {
        double[] colours = [.. Enumerable.Range(0, 200).Select(row => (double)(row % 5))];
        TrainingSet set = Some.Classes(Some.Category(5, colours), 2, [.. colours.Select(colour => colour is 1 or 4 ? 1.0 : 0)]);
        IModel model = Some.Fit("extra_trees", set);
        Assert.All(Enumerable.Range(0, 5), colour => Assert.Equal(colour is 1 or 4 ? 1 : 0, model.Predict(colour)[1], 1e-9));
    }

    [Fact]
    public void Fit_ExtraTreesOnMissingValues_LearnsTheirSide()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(row => row % 4 == 0 ? double.NaN : row % 4)];
        TrainingSet set = Some.Classes(Some.Numbers(values), 2, [.. values.Select(value => double.IsNaN(value) ? 1.0 : 0)]);
        IModel model = Some.Fit("extra_trees", set);
        Assert.Equal(1, model.Predict(double.NaN)[1], 1e-9);
        Assert.Equal(0, model.Predict(2)[1], 1e-9);
    }

    [Theory]
    [InlineData("random_forest")]
    [InlineData("extra_trees")]
    public void Fit_Cancelled_Stops(string learner)
    {
        using CancellationTokenSource source = new();
        CancelAtOnce progress = new(source);
        FitOptions options = new(1) { Progress = progress, MaxDegreeOfParallelism = 1 };
        Assert.ThrowsAny<OperationCanceledException>(() => LearnerCatalog.Get(learner).Fit(Samples.Load("iris"), LearnerSettings.Defaults, options, source.Token));
        Assert.Equal(1, progress.Reports);
    }

    private static TabularModel Fit(string data, params (string Name, double Value)[] settings)
    {
        Table rows = SampleTables.Load(data);
        TabularFit fit = new(rows, TargetEncoding.Infer(rows), LearnerCatalog.Get("random_forest")) { Settings = Some.Settings(settings) };
        return TabularTrainer.Fit(fit, default);
    }

    private sealed class CancelAtOnce(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public int Reports { get; private set; }

        public void Report(FitProgress value)
        {
            Reports++;
            source.Cancel();
        }
    }
}
