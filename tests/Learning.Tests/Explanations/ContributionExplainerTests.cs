using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.ModelFile;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Explanations;

public class ContributionExplainerTests
{
    [Theory]
    [InlineData("iris", "decision_tree")]
    [InlineData("iris", "random_forest")]
    [InlineData("wine", "gradient_boosting")]
    [InlineData("wine", "logistic_regression")]
    [InlineData("breast-cancer", "gradient_boosting")]
    [InlineData("breast-cancer", "logistic_regression")]
    [InlineData("diabetes", "gradient_boosting")]
    [InlineData("diabetes", "random_forest")]
    [InlineData("diabetes", "linear_regression")]
    public void Explain_OnSamples_AddsUpToThePrediction(string data, string learner)
    {
        Table table = SampleTables.Load(data);
        TabularModel model = learner == "random_forest" ? SampleTables.Fit(table, learner, ("trees", 20)) : SampleTables.Fit(table, learner);
        Contributions found = ContributionExplainer.Of(model, table).Explain(table, maximumThreads: 2);
        double[] predictions = model.Predict(table);
        for (int row = 0; row < table.RowCount; row++)
        {
            double[] outputs = Outputs(found, row, model.OutputCount);
            for (int output = 0; output < outputs.Length; output++)
            {
                Assert.Equal(predictions[(row * outputs.Length) + output], outputs[output], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("gradient_boosting")]
    [InlineData("logistic_regression")]
    public void Explain_OnOneHotAndMarkedColumns_SumsWhatBelongsToAColumn(string learner)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, learner);
        Contributions found = ContributionExplainer.Of(model, table).Explain(table);
        Assert.Equal(["age", "colour", "member", "income"], found.Columns);
        Assert.Equal((ContributionScale.LogOdds, 1, table.RowCount), (found.Scale, found.ScoreCount, found.RowCount));
        double[] predictions = model.Predict(table);
        Assert.All(Enumerable.Range(0, table.RowCount), row =>
            Assert.Equal(predictions[(2 * row) + 1], 1 / (1 + Math.Exp(-found.ScoreOf(row, 0))), 1e-9));
    }

    [Fact]
    public void Explain_OfALinearModel_IsWeightTimesDistanceFromTheMean()
    {
        Table table = new([new NumberColumn("a", [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]), new NumberColumn("y", [1, 7, 13, 19, 25, 31, 37, 43, 49, 55])]);
        TabularModel model = SampleTables.Fit(table, "linear_regression", ("l2", 0));
        Contributions found = ContributionExplainer.Of(model, table.SelectRows([0, 2])).Explain(table);
        Assert.Equal("linear", found.Method);
        Assert.Equal(7, found.BaseOf(0, 0), 1e-6);
        Assert.Equal(3 * (18 - 2), found.Of(9, 0)[0], 1e-6);
    }

    [Fact]
    public void Explain_AtAnyThreadCount_IsTheSame()
    {
        Table table = SampleTables.Load("diabetes");
        ContributionExplainer explainer = ContributionExplainer.Of(SampleTables.Fit(table, "random_forest", ("trees", 10)));
        Assert.Equal(explainer.Explain(table, 1).Values, explainer.Explain(table, 4).Values);
    }

    [Fact]
    public void Of_ALinearModelWithoutBackground_AsksForIt()
    {
        TabularModel model = SampleTables.Fit("diabetes", "linear_regression");
        Assert.Equal("no_rows", Assert.Throws<LearningException>(() => ContributionExplainer.Of(model)).Code);
    }

    [Fact]
    public void Of_TreesThatDidNotKeepTheirWeights_SaysTrainAgain()
    {
        TabularModel model = TabularModelFile.Read(EarlierFiles.Read("v1-gradient_boosting.tym"));
        Assert.False(ContributionExplainer.CanExplain(model));
        Assert.Equal("explanation_unavailable", Assert.Throws<LearningException>(() => ContributionExplainer.Of(model)).Code);
        Assert.Equal("explanation_unavailable", Assert.Throws<LearningException>(() => SplitImportance.Of(model)).Code);
    }

    [Fact]
    public void SplitImportance_OnAKnownRule_RanksItsColumnsFirst()
    {
        IReadOnlyList<SplitImportance> found = SplitImportance.Of(SampleTables.Fit(SampleTables.Mixed(), "gradient_boosting", ("min_rows_per_leaf", 20), ("iterations", 5)));
        Assert.Equal(["age", "colour"], found.Take(2).Select(each => each.Column).Order(StringComparer.Ordinal));
        Assert.Equal(1, found.Sum(each => each.GainShare), 1e-12);
        Assert.All(found, each => Assert.True(each.Splits >= 0 && each.Gain >= 0));
    }

    private static double[] Outputs(Contributions found, int row, int count)
    {
        double[] scores = [.. Enumerable.Range(0, found.ScoreCount).Select(score => found.ScoreOf(row, score))];
        switch (found.Scale)
        {
            case ContributionScale.LogOdds:
                return [1 - (1 / (1 + Math.Exp(-scores[0]))), 1 / (1 + Math.Exp(-scores[0]))];
            case ContributionScale.ClassScore:
                double sum = scores.Sum(Math.Exp);
                return Array.ConvertAll(scores, score => Math.Exp(score) / sum);
            default:
                Assert.Equal(count, scores.Length);
                return scores;
        }
    }
}
