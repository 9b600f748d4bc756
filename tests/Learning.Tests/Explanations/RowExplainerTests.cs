using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.ModelFile;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Explanations;

public class RowExplainerTests
{
    [Theory]
    [InlineData("gradient_boosting")]
    [InlineData("random_forest")]
    public void Explain_Trees_IsWhatTheTableExplainerFinds(string learner)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, learner);
        Contributions expected = ContributionExplainer.Of(model).Explain(table.SelectRows([3, 4, 5]));

        RowExplainer explainer = RowExplainer.Of(model);

        for (int row = 0; row < 3; row++)
        {
            Contributions found = explainer.Explain(Features(model, table, row + 3), default);
            Assert.Equal((expected.Method, expected.Scale, expected.ScoreCount), (found.Method, found.Scale, found.ScoreCount));
            Assert.Equal(expected.Of(row, 0), found.Of(0, 0));
            Assert.Equal(expected.BaseOf(row, 0), found.BaseOf(0, 0));
        }
    }

    [Theory]
    [InlineData("diabetes", "linear_regression")]
    [InlineData("wine", "logistic_regression")]
    [InlineData("mixed", "logistic_regression")]
    public void Explain_LinearModel_ComparesWithItsTrainingRows(string data, string learner)
    {
        Table table = data == "mixed" ? SampleTables.Mixed() : SampleTables.Load(data);
        TabularModel model = SampleTables.Fit(table, learner);
        Contributions expected = ContributionExplainer.Of(model, table).Explain(table.SelectRows([7]));

        Contributions found = RowExplainer.Of(TabularModelFile.Read(TabularModelFile.ToBytes(model))).Explain(Features(model, table, 7), default);

        // Numbers compare with their exact mean; shares of categories hold to a two-thousandth, times a weight of a few units.
        Assert.Equal("linear", found.Method);
        Assert.Equal(expected.Columns, found.Columns);
        Assert.All(Enumerable.Range(0, expected.Columns.Count), column => Assert.Equal(expected.Of(0, 0)[column], found.Of(0, 0)[column], 0.01));
        Assert.Equal(expected.ScoreOf(0, 0), found.ScoreOf(0, 0), 1e-9);
    }

    [Fact]
    public void Explain_ModelOfAnotherKind_AddsUpToThePrediction_WhereverTheRowStands()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "naive_bayes");
        RowExplainer explainer = RowExplainer.Of(model);

        Contributions found = explainer.Explain(Features(model, table, 7), default);
        Contributions again = explainer.Explain(Features(model, table, 7), default);

        double[] predicted = model.Predict(table.SelectRows([7]));
        Assert.Equal(("permutation_sampling", ContributionScale.Probability), (found.Method, found.Scale));
        Assert.All(Enumerable.Range(0, 2), label => Assert.Equal(predicted[label], found.ScoreOf(0, label), 1e-9));
        Assert.Equal(found.Values, again.Values);
        Assert.NotNull(found.StandardErrors);
    }

    [Fact]
    public void Explain_Sampled_IsWithinItsErrorOfWhatRowsOfTheSameDistributionGive()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "naive_bayes");
        Contributions wide = SampledContributions.Explain(model, table.SelectRows([7]), table, new SamplingOptions(1) { Pairs = 2000 }, default);

        Contributions found = RowExplainer.Of(model).Explain(Features(model, table, 7), default);

        // The columns of this table are independent, so that rows made from their distributions are as good as its own.
        Assert.All(Enumerable.Range(0, wide.Columns.Count), column =>
        {
            double error = 5 * Math.Sqrt(Math.Pow(found.StandardErrors![column], 2) + Math.Pow(wide.StandardErrors![column], 2));
            Assert.InRange(found.Of(0, 0)[column] - wide.Of(0, 0)[column], -error - 0.01, error + 0.01);
        });
    }

    [Fact]
    public void Of_ModelWithoutTheDistributionsOfItsRows_SaysTrainAgain()
    {
        TabularModel old = TabularModelFile.Read(EarlierFiles.Read("v1-gradient_boosting.tym"));
        Assert.Equal("explanation_unavailable", Assert.Throws<LearningException>(() => RowExplainer.Of(old)).Code);

        TabularModel linear = SampleTables.Fit("diabetes", "linear_regression").With(reference: null);
        Assert.Equal("explanation_unavailable", Assert.Throws<LearningException>(() => RowExplainer.Of(linear)).Code);
    }

    [Fact]
    public void WorkPerRow_GrowsWithTheModel()
    {
        Table table = SampleTables.Mixed();
        long small = RowExplainer.Of(SampleTables.Fit(table, "random_forest", ("trees", 5))).WorkPerRow;
        long large = RowExplainer.Of(SampleTables.Fit(table, "random_forest", ("trees", 50))).WorkPerRow;
        Assert.InRange(large / (double)small, 5, 20);
        Assert.True(RowExplainer.Of(SampleTables.Fit(table, "naive_bayes")).WorkPerRow > 1000);
    }

    private static double[] Features(TabularModel model, Table table, int row)
    {
        Cell[] cells = [.. model.Inputs.Columns.Select(column => table[column.Name].CellAt(row))];
        double[] features = new double[model.ScratchLength];
        model.Predict(cells, new double[model.OutputCount], features);
        return features;
    }
}
