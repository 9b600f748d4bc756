using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Explanations;

public class SampledContributionsTests
{
    [Fact]
    public void Explain_OfALinearModel_IsTheExactValueWithinItsError()
    {
        Table table = SampleTables.Load("diabetes");
        TabularModel model = SampleTables.Fit(table, "linear_regression");
        Table rows = table.SelectRows([0, 5, 77]);
        Contributions exact = ContributionExplainer.Of(model, table).Explain(rows);
        Contributions sampled = SampledContributions.Explain(model, rows, table, new SamplingOptions(3) { Pairs = 400 }, default);
        Assert.Equal(exact.Columns, sampled.Columns);
        for (int index = 0; index < exact.Values.Length; index++)
        {
            double error = sampled.StandardErrors![index];
            Assert.InRange(error, 1e-9, 5);

            // Five standard errors: one estimate in two million falls outside.
            Assert.InRange(sampled.Values[index], exact.Values[index] - (5 * error), exact.Values[index] + (5 * error));
        }
    }

    [Fact]
    public void Explain_OnOneBackgroundRow_OfAnAdditiveModel_HasNoError()
    {
        Table table = SampleTables.Load("diabetes");
        TabularModel model = SampleTables.Fit(table, "linear_regression");
        Table background = table.SelectRows([9]);
        Contributions exact = ContributionExplainer.Of(model, background).Explain(table);
        Contributions sampled = SampledContributions.Explain(model, table, background, new SamplingOptions(3) { Pairs = 2 }, default);
        Assert.All(exact.Values, (value, index) => Assert.Equal(value, sampled.Values[index], 1e-9));
        Assert.All(sampled.StandardErrors!, error => Assert.Equal(0, error, 1e-9));
    }

    [Theory]
    [InlineData("gradient_boosting")]
    [InlineData("logistic_regression")]
    public void Explain_AddsUpToThePredictedProbabilities(string learner)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, learner);
        Table rows = table.SelectRows([0, 1, 2, 3]);
        Contributions found = SampledContributions.Explain(model, rows, table, new SamplingOptions(1) { Pairs = 5 }, default);
        double[] predictions = model.Predict(rows);
        Assert.All(predictions, (prediction, index) => Assert.Equal(prediction, found.ScoreOf(index / 2, index % 2), 1e-9));
        Assert.Equal(ContributionScale.Probability, found.Scale);
    }

    [Fact]
    public void Explain_AtAnyThreadCount_IsTheSame()
    {
        Table table = SampleTables.Load("iris");
        TabularModel model = SampleTables.Fit(table, "random_forest", ("trees", 5));
        Contributions one = SampledContributions.Explain(model, table, table, new SamplingOptions(1) { Pairs = 3, MaxDegreeOfParallelism = 1 }, default);
        Contributions four = SampledContributions.Explain(model, table, table, new SamplingOptions(1) { Pairs = 3, MaxDegreeOfParallelism = 4 }, default);
        Assert.Equal(one.Values, four.Values);
        Assert.Equal(one.StandardErrors, four.StandardErrors);
    }

    [Fact]
    public void Explain_WithImpossibleOptions_SaysSo()
    {
        Table table = SampleTables.Load("iris");
        TabularModel model = SampleTables.Fit(table, "decision_tree");
        Assert.Equal("option_out_of_range", CodeOf(table, new SamplingOptions(1) { Pairs = 1 }));
        Assert.Equal("no_rows", CodeOf(table.SelectRows([]), new SamplingOptions(1)));

        string CodeOf(Table background, SamplingOptions options) =>
            Assert.Throws<LearningException>(() => SampledContributions.Explain(model, table, background, options, default)).Code;
    }
}
