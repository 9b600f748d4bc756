using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Explanations;

public class PartialDependenceTests
{
    [Fact]
    public void Measure_OfALinearModel_IsAStraightLineThroughTheMean()
    {
        Table table = SampleTables.Load("diabetes");
        TabularModel model = SampleTables.Fit(table, "linear_regression");
        IReadOnlyList<PartialDependencePoint> curve = Measure(model, table, "bmi");
        double[] at = [.. curve.Select(point => double.Parse(point.Value!, CultureInfo.InvariantCulture))];
        double[] mean = [.. curve.Select(point => point.Outputs[0])];
        Assert.Equal(20, curve.Count);
        Assert.Equal(at.Order(), at);
        double slope = (mean[^1] - mean[0]) / (at[^1] - at[0]);
        double center = ((NumberColumn)table["bmi"]).Values.ToArray().Average();
        Assert.All(mean, (value, index) => Assert.Equal(model.Predict(table).Average() + (slope * (at[index] - center)), value, 1e-9));
    }

    [Fact]
    public void Measure_OfACategory_AveragesRowsWithThatCategoryInAll()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "gradient_boosting");
        IReadOnlyList<PartialDependencePoint> curve = Measure(model, table, "colour");
        Assert.Equal(4, curve.Count);
        PartialDependencePoint red = curve.Single(point => point.Value == "red");
        Table allRed = new([.. table.Columns.Select(column => column.Name == "colour"
            ? new TextColumn("colour", ColumnType.Category, Enumerable.Repeat("red", table.RowCount))
            : column)]);
        double[] predictions = model.Predict(allRed);
        Assert.Equal(predictions.Where((_, index) => index % 2 == 1).Average(), red.Outputs[1], 1e-12);
    }

    [Fact]
    public void Measure_OfADate_IsInOrderOfTime()
    {
        Table table = SampleTables.Load("co2-monthly");
        string date = table.Columns.First(column => column.Type == ColumnType.Date).Name;
        TabularModel model = SampleTables.Fit(table, "gradient_boosting", ("iterations", 10));
        IReadOnlyList<PartialDependencePoint> curve = Measure(model, table, date);
        Assert.Equal(curve.Select(point => point.Value).Order(StringComparer.Ordinal), curve.Select(point => point.Value));
        Assert.True(curve[^1].Outputs[0] > curve[0].Outputs[0] + 20);
    }

    [Theory]
    [InlineData("violet", "column_unread")]
    [InlineData("bought", "column_unread")]
    public void Measure_OfAColumnThatIsNotRead_SaysSo(string column, string code)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "decision_tree");
        Assert.Equal((code, column), Failure(() => Measure(model, table, column)));
    }

    [Fact]
    public void Measure_WithoutAnyValue_SaysSo()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "decision_tree");
        Assert.Equal(("column_all_missing", "income"), Failure(() => Measure(model, table.SelectRows([]), "income")));
        Assert.Equal(("option_out_of_range", "MaximumPoints"), Failure(() => PartialDependence.Measure(model, table, "age", new PartialDependenceOptions { MaximumPoints = 1 }, default)));
    }

    private static (string, string?) Failure(Action action)
    {
        LearningException failure = Assert.Throws<LearningException>(action);
        return (failure.Code, failure.Field);
    }

    private static IReadOnlyList<PartialDependencePoint> Measure(TabularModel model, Table table, string column) =>
        PartialDependence.Measure(model, table, column, new PartialDependenceOptions(), default);
}
