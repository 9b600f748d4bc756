using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class TreeTests
{
    [Fact]
    public void DecisionTree_OnAStep_CutsInTheMiddleOfTheGap()
    {
        IModel model = Some.Fit("decision_tree", Some.Regression(Some.Numbers([1, 2, 3, 10, 11, 12]), 5, 5, 5, 9, 9, 9), ("min_rows_per_leaf", 1));
        Assert.Equal(5, model.Predict(6.5)[0], 12);
        Assert.Equal(9, model.Predict(6.6)[0], 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void DecisionTree_BelowTheRoot_CutsBetweenTheValuesOfTheNode(int classes)
    {
        // The first feature parts off the rows whose second feature lies between 1 and 10.
        double[][] columns = [[0, 0, 1, 1, 1, 1], [1, 10, 2, 3, 4, 9]];
        double[] labels = [0, 4, 100, 100, 100, 100];
        TrainingSet set = classes == 1 ? Some.Regression(Some.Numbers(columns), labels) : Some.Classes(Some.Numbers(columns), classes, [0, 1, 2, 2, 2, 2]);
        IModel model = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1));
        Assert.Equal(model.Predict(0, 1), model.Predict(0, 5.4));
        Assert.Equal(model.Predict(0, 10), model.Predict(0, 5.6));
        Assert.NotEqual(model.Predict(0, 1), model.Predict(0, 10));
    }

    [Fact]
    public void DecisionTree_OnClasses_GivesTheSharesOfTheLeaf()
    {
        IModel model = Some.Fit("decision_tree", Some.Classes(Some.Numbers([0, 0, 0, 0, 1, 1, 1, 1]), 2, 0, 0, 0, 1, 1, 1, 1, 1), ("min_rows_per_leaf", 1));
        Assert.Equal([0.75, 0.25], model.Predict(0));
        Assert.Equal([0, 1], model.Predict(1));
    }

    [Fact]
    public void DecisionTree_WithWeights_GivesTheWeightedMean()
    {
        TrainingSet set = Some.Regression(Some.Numbers([0, 0]), 1, 5) with { Weights = [3, 1] };
        Assert.Equal(2, Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1)).Predict(0)[0], 12);
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    public void DecisionTree_LearnsWhereMissingValuesGo(double low, double missing)
    {
        // The missing rows behave like the high side once, and like the low side once.
        double[] labels = [low, low, low, 10 - low, 10 - low, 10 - low, missing, missing];
        TrainingSet set = Some.Regression(Some.Numbers([1, 2, 3, 11, 12, 13, double.NaN, double.NaN]), labels);
        IModel model = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1));
        Assert.Equal(missing, model.Predict(double.NaN)[0], 12);
        Assert.Equal(low, model.Predict(2)[0], 12);
    }

    [Fact]
    public void DecisionTree_WhenOnlyMissingnessTells_SplitsOnIt()
    {
        TrainingSet set = Some.Regression(Some.Numbers([1, 2, double.NaN, double.NaN]), 3, 3, 8, 8);
        IModel model = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1));
        Assert.Equal(8, model.Predict(double.NaN)[0], 12);
        Assert.Equal(3, model.Predict(1e300)[0], 12);
    }

    [Fact]
    public void DecisionTree_OnCategories_PutsAnySetOnOneSide()
    {
        // Categories 0, 2 and 4 mean 1; 1 and 3 mean 7. One split must do, which no order of the numbers could.
        TrainingSet set = Some.Regression(Some.Category(6, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]), 1, 7, 1, 7, 1, 1, 7, 1, 7, 1);
        IModel model = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1), ("max_leaves", 2));
        Assert.Equal([1, 7, 1, 7, 1], Enumerable.Range(0, 5).Select(category => Math.Round(model.Predict(category)[0], 12)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void DecisionTree_OnUnseenCategory_GoesWhereMissingGoes(double category)
    {
        TrainingSet set = Some.Regression(Some.Category(6, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]), 1, 7, 1, 7, 1, 1, 7, 1, 7, 1);
        IModel model = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1), ("max_leaves", 2));
        Assert.Equal(1, model.Predict(category)[0], 12);
    }

    [Theory]
    [InlineData("max_leaves", 4, 4)]
    [InlineData("max_depth", 2, 4)]
    [InlineData("min_rows_per_leaf", 20, 5)]
    public void DecisionTree_HoldsItsLimits(string setting, double value, int mostLeaves)
    {
        double[] column = [.. Enumerable.Range(0, 100).Select(row => (double)row)];
        IModel model = Some.Fit("decision_tree", Some.Regression(Some.Numbers(column), column), (setting, value));
        int leaves = column.Select(each => model.Predict(each)[0]).Distinct().Count();
        Assert.InRange(leaves, 2, mostLeaves);
    }

    [Fact]
    public void DecisionTree_OnDistinctRows_LearnsThemByHeart()
    {
        const ulong seed = 5;
        DeterministicRandom random = new(seed);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 250).Select(_ => random.NextGaussian()).ToArray())];
        double[] labels = [.. Enumerable.Range(0, 250).Select(_ => random.NextGaussian() * 100)];
        TrainingSet set = Some.Regression(Some.Numbers(columns), labels);
        double[] predictions = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1)).PredictAll(set.Features);
        Assert.All(predictions, (prediction, row) => Assert.Equal(labels[row], prediction, 1e-9));
    }

    [Fact]
    public void DecisionTree_OnInfiniteValues_StillSeparates()
    {
        TrainingSet set = Some.Regression(Some.Numbers([double.NegativeInfinity, -1, 1, double.PositiveInfinity]), 1, 2, 3, 4);
        double[] predictions = Some.Fit("decision_tree", set, ("min_rows_per_leaf", 1)).PredictAll(set.Features);
        Assert.All([1.0, 2, 3, 4], (label, row) => Assert.Equal(label, predictions[row], 12));
    }

    [Fact]
    public void DecisionTree_OnManyDistinctValues_BinsByQuantiles()
    {
        // 10,000 distinct values, the interesting ones in the densest 1 %: equal-width bins would not see them.
        double[] column = [.. Enumerable.Range(0, 10_000).Select(row => row < 5000 ? row * 1e-6 : row)];
        double[] labels = [.. Enumerable.Range(0, 10_000).Select(row => row < 2500 ? 0.0 : 1)];
        IModel model = Some.Fit("decision_tree", Some.Regression(Some.Numbers(column), labels));
        Assert.Equal(0, model.Predict(column[2300])[0], 6);
        Assert.Equal(1, model.Predict(column[2700])[0], 6);
    }
}
