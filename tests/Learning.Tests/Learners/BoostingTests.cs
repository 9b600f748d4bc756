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
