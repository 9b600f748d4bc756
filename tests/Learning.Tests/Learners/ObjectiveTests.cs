using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class ObjectiveTests
{
    [Fact]
    public void Absolute_OneRound_TakesLeavesToTheirMedian()
    {
        // Baseline: the median of all, (3 + 10) / 2. Leaves: medians 2 and 11, whatever the outlier is.
        IModel model = Fit(Step, 1, ("learning_rate", 1));
        Assert.Equal(2, model.Predict(0)[0], 12);
        Assert.Equal(11, model.Predict(1)[0], 12);
    }

    [Fact]
    public void Huber_OneRound_WeighsRowsByTheirDistance()
    {
        // Baseline: the median 6.5, for the residuals -5.5, -4.5, -3.5, 3.5, 4.5 and 993.5 are all held at 2. Every leaf: Σ pulls / (Σ 2 / |r| + l2).
        IModel model = Fit(Step, 2, ("learning_rate", 1), ("huber_delta", 2));
        Assert.Equal(6.5 + (6 / ((2 / 3.5) + (2 / 4.5) + (2 / 993.5) + 1)), model.Predict(1)[0], 12);
        Assert.Equal(6.5 - (6 / ((2 / 5.5) + (2 / 4.5) + (2 / 3.5) + 1)), model.Predict(0)[0], 12);
    }

    [Fact]
    public void Huber_WithOneRowFarOff_DoesNotFollowIt()
    {
        double[] column = [.. Enumerable.Range(0, 200).Select(row => row / 200.0)];
        double[] labels = [.. column.Select((value, row) => row == 100 ? 1e6 : value)];
        double[] predictions = Fit(Some.Regression(Some.Numbers(column), labels), 2, ("huber_delta", 0.5)).PredictAll(Some.Numbers(column));
        Assert.All(predictions, (prediction, row) => Assert.Equal(column[row], prediction, 1.5));
    }

    [Fact]
    public void DeriveRows_OfTwoClasses_AgreesWithOneByOne()
    {
        double[] scores = [.. Enumerable.Range(-401, 803).Select(step => step * Math.Abs(step) / 200.0)];
        double[] labels = [.. scores.Select((_, row) => row % 2 * 1.0)];
        BinaryLogistic objective = new();
        double[] pulls = new double[scores.Length];
        double[] hessians = new double[scores.Length];
        objective.DeriveRows(labels, scores, pulls, hessians);
        for (int row = 0; row < scores.Length; row++)
        {
            double[] pull = [0];
            double[] hessian = [0];
            objective.Derive(labels[row], [scores[row]], pull, hessian);
            Assert.Equal(pull[0], pulls[row], 1e-15);
            Assert.Equal(hessian[0], hessians[row], 1e-15);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Quantile_OnNoise_LeavesThatShareBelow(double quantile)
    {
        const ulong seed = 11;
        DeterministicRandom random = new(seed);
        double[] column = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble())];
        double[] labels = [.. column.Select(value => value + (value * random.NextGaussian()))];
        TrainingSet set = Some.Regression(Some.Numbers(column), labels);
        double[] predictions = Fit(set, 3, ("quantile", quantile), ("min_rows_per_leaf", 100)).PredictAll(set.Features);
        double below = labels.Zip(predictions, (label, prediction) => label <= prediction ? 1.0 : 0).Average();
        Assert.Equal(quantile, below, 0.03);
    }

    [Fact]
    public void Poisson_OneRoundOnAStep_TakesTheCautiousNewtonStep()
    {
        // Baseline ln 3; left pulls -2 each of Hessian 3 e^0.7: step -4 / (6 e^0.7 + 1).
        TrainingSet set = Some.Regression(Some.Numbers([0, 0, 1, 1]), 1, 1, 5, 5);
        double step = -4 / ((6 * Math.Exp(0.7)) + 1);
        Assert.Equal(3 * Math.Exp(step), Fit(set, 4, ("learning_rate", 1)).Predict(0)[0], 9);
    }

    [Fact]
    public void Poisson_WithNegativeLabel_NamesTheObjective()
    {
        LearningException failure = Assert.Throws<LearningException>(() => Fit(Some.Regression(Some.Numbers([0, 1]), 1, -1), 4));
        Assert.Equal(("label_invalid", "objective"), (failure.Code, failure.Field));
    }

    [Fact]
    public void Poisson_OnZeros_StaysFinite() =>
        Assert.InRange(Fit(Some.Regression(Some.Numbers([0, 1, 2, 3]), 0, 0, 0, 0), 4).Predict(1)[0], 0, 1e-5);

    [Theory]
    [InlineData(0.5, new[] { 3.0, 1, 2 }, new[] { 1.0, 1, 1 }, 2)]
    [InlineData(0.5, new[] { 4.0, 1, 2, 3 }, new[] { 1.0, 1, 1, 1 }, 2.5)]
    [InlineData(0.5, new[] { 1.0, 2 }, new[] { 1.0, 3 }, 2)]
    [InlineData(0.9, new[] { 1.0, 2, 3 }, new[] { 1.0, 1, 1 }, 3)]
    [InlineData(0.5, new[] { 1.0, 9 }, new[] { 0.0, 1 }, 9)]
    public void WeightedQuantile_OfFew_IsTheOneByHand(double quantile, double[] values, double[] weights, double expected) =>
        Assert.Equal(expected, WeightedQuantile.Of(values, weights, quantile));

    private static TrainingSet Step => Some.Regression(Some.Numbers([0, 0, 0, 1, 1, 1]), 1, 2, 3, 10, 11, 1000);

    private static IModel Fit(TrainingSet set, int objective, params (string Name, double Value)[] settings)
    {
        int rounds = settings.Any(each => each is ("learning_rate", 1)) ? 1 : 100;
        (string, double)[] smallest = settings.Any(each => each.Name == "min_rows_per_leaf") ? [] : [("min_rows_per_leaf", 1)];
        return Some.Fit("gradient_boosting", set, [("objective", objective), ("iterations", rounds), .. smallest, .. settings]);
    }
}
