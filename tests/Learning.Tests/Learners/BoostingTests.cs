using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class BoostingTests
{
    [Fact]
    public void Fit_OneRoundOnAStep_TakesTheShrunkenNewtonStep()
    {
        // Baseline 5; left rows pull -2 each: -4 / (2 + l2) × rate = -4 / 3 × 0.5.
        IModel model = Some.Fit("gradient_boosting", Some.Regression(Some.Numbers([0, 0, 1, 1]), 3, 3, 7, 7), ("iterations", 1), ("learning_rate", 0.5), ("l2", 1), ("min_rows_per_leaf", 1));
        Assert.Equal(5 - (4.0 / 3 * 0.5), model.Predict(0)[0], 12);
        Assert.Equal(5 + (4.0 / 3 * 0.5), model.Predict(1)[0], 12);
    }

    [Fact]
    public void Fit_OfFewRowsByDefault_StillSplits()
    {
        // Halves of 20 rows cannot be had here; of 3 they can.
        IModel model = Some.Fit("gradient_boosting", Some.Regression(Some.Numbers([1, 2, 3, 4, 5, 6]), 0, 0, 0, 1, 1, 1));
        Assert.InRange(model.Predict(1)[0], 0, 0.1);
        Assert.InRange(model.Predict(6)[0], 0.9, 1);
    }

    [Fact]
    public void Fit_OfAShareOfTheFeatures_TakesWholeOnesOnly()
    {
        // Half of 3 features is 1, as XGBoost counts, so no tree can see that both must be 1.
        double[] first = [.. Enumerable.Range(0, 80).Select(row => row / 40 % 2.0)];
        double[] second = [.. Enumerable.Range(0, 80).Select(row => row / 20 % 2.0)];
        double[] labels = [.. first.Zip(second, (one, other) => one * other)];
        IModel model = Some.Fit("gradient_boosting", Some.Regression(Some.Numbers(first, second, first), labels), ("feature_fraction", 0.5), ("iterations", 50), ("min_rows_per_leaf", 1));
        Assert.Equal(model.Predict(1, 1, 1)[0] - model.Predict(1, 0, 1)[0], model.Predict(0, 1, 0)[0] - model.Predict(0, 0, 0)[0], 1e-9);
    }

    [Theory]
    [InlineData(30, 10, 0)]
    [InlineData(10, 30, 1)]
    public void Predict_OfACategoryThatANodesRowsLack_GoesWithMostOfThem(int zeros, int ones, int expected)
    {
        // Category 2 occurs at x = -1 alone, whose rows the far larger step parts first; category 0 is low and 1 is high.
        double[] numbers = [.. Enumerable.Repeat(-1.0, 40), .. Enumerable.Repeat(1.0, 40)];
        double[] categories = [.. Enumerable.Repeat(2.0, 40), .. Enumerable.Repeat(0.0, zeros), .. Enumerable.Repeat(1.0, ones)];
        double[] labels = [.. categories.Select(category => category switch { 2 => -100.0, 0 => 1, _ => 3 })];
        FeatureMatrix matrix = new([new FeatureInfo("x", "x", FeatureKind.Number), new FeatureInfo("c", "c", FeatureKind.Category, 3)], [numbers, categories], 80);
        IModel model = Some.Fit("gradient_boosting", Some.Regression(matrix, labels), ("iterations", 1), ("min_rows_per_leaf", 1), ("l2", 0), ("category_smoothing", 0));
        Assert.NotEqual(model.Predict(1, 0)[0], model.Predict(1, 1)[0]);
        Assert.Equal(model.Predict(1, expected)[0], model.Predict(1, 2)[0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 0.001)]
    public void Fit_OfCategoriesTooSmallToTrust_DoesNotLearnThemByHeart(int leastRows, double leastWeight)
    {
        // Each of 400 rows is of one of 200 categories, and their labels are drawn: trusted, the first cut would part nearly all of them.
        DeterministicRandom random = new(3);
        double[] categories = [.. Enumerable.Range(0, 400).Select(row => (double)(row % 200))];
        double[] labels = [.. categories.Select(_ => (double)random.NextInt(2))];
        TrainingSet set = Some.Classes(Some.Category(200, categories), 2, labels);
        IModel model = Some.Fit("gradient_boosting", set, ("iterations", 1), ("learning_rate", 1), ("max_depth", 1), ("min_rows_per_leaf", leastRows), ("min_child_weight", leastWeight));
        double right = Enumerable.Range(0, 400).Average(row => model.Predict(categories[row])[(int)labels[row]] > 0.5 ? 1.0 : 0);
        Assert.InRange(right, 0.4, 0.62);
    }

    [Fact]
    public void Fit_OneRoundOnTwoClasses_TakesTheNewtonStepInLogOdds()
    {
        // Even classes: p = 1/2, pull ±1/2 each, Hessian 1/4 each: step 1 / (1/2 + l2).
        IModel model = Some.Fit("gradient_boosting", Some.Classes(Some.Numbers([0, 0, 1, 1]), 2, 0, 0, 1, 1), ("iterations", 1), ("learning_rate", 1), ("l2", 1), ("min_rows_per_leaf", 1));
        double expected = 1 / (1 + Math.Exp(-1 / 1.5));
        Assert.Equal(expected, model.Predict(1)[1], 9);
        Assert.Equal(1, model.Predict(1).Sum(), 12);
    }

    [Fact]
    public void Fit_WithValidation_StopsEarlyAndKeepsTheBestRound()
    {
        TrainingSet set = Noise(seed: 3) with { Validation = Noise(seed: 4) };
        List<FitProgress> reports = [];
        IModel model = LearnerCatalog.Get("gradient_boosting").Fit(set, Some.Settings(("iterations", 200), ("early_stopping_rounds", 5)), new FitOptions(1) { Progress = new Reports(reports) }, default);
        int best = 1 + reports.Select(report => report.ValidationLoss!.Value).Index().MinBy(each => each.Item).Index;
        Assert.True(reports.Count < 200);
        Assert.InRange(((TreeEnsembleModel)model).TreeCount, 0, best);
        Assert.InRange(reports.Count - ((TreeEnsembleModel)model).TreeCount, 5, 5);
    }

    [Fact]
    public void Fit_WhenCancelled_Stops()
    {
        using CancellationTokenSource source = new();
        FitOptions options = new(1) { Progress = new Cancels(source) };
        Assert.ThrowsAny<OperationCanceledException>(() => LearnerCatalog.Get("gradient_boosting").Fit(Noise(1), LearnerSettings.Defaults, options, source.Token));
    }

    [Fact]
    public void Fit_TrainingLoss_FallsEveryRound()
    {
        List<FitProgress> reports = [];
        LearnerCatalog.Get("gradient_boosting").Fit(Samples.Load("iris"), Some.Settings(("iterations", 30)), new FitOptions(1) { Progress = new Reports(reports) }, default);
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.Second.TrainingLoss < pair.First.TrainingLoss));
    }

    private static TrainingSet Noise(ulong seed)
    {
        DeterministicRandom random = new(seed);
        double[] column = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())];
        return Some.Regression(Some.Numbers(column), [.. column.Select(_ => random.NextGaussian())]);
    }

    private sealed class Reports(List<FitProgress> reports) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => reports.Add(value);
    }

    private sealed class Cancels(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            Assert.Equal(1, value.Iteration);
            source.Cancel();
        }
    }
}
