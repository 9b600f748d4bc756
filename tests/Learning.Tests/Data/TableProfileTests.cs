using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Tests.Data;

public sealed class TableProfileTests
{
    private const double RelativeTolerance = 1e-12;

    [Theory]
    [InlineData("breast-cancer.csv")]
    [InlineData("diabetes.csv")]
    [InlineData("iris.csv")]
    [InlineData("wine.csv")]
    public void Of_SampleFile_AgreesWithPandasAndNumpy(string file)
    {
        JsonNode witness = Witness(file);
        TableProfile profile = TableProfile.Of(SampleFiles.Read(file));

        foreach (ColumnProfile column in profile.Columns)
        {
            Assert.Equal(witness["dtypes"]![column.Name]!.GetValue<string>() is "float64" or "int64", column.Type == ColumnType.Number);
            if (witness["columns"]![column.Name] is { } expected)
            {
                Assert.Equal(expected["distinct"]!.GetValue<int>(), column.Distinct);
                Near(expected["mean"]!, column.Number!.Mean);
                Near(expected["std"]!, column.Number.StandardDeviation);
                Assert.All(column.Number.Quantiles.Index(), each => Near(expected["quantiles"]![each.Index]!, each.Item.Value));
            }
        }
    }

    [Theory]
    [InlineData("breast-cancer.csv")]
    [InlineData("diabetes.csv")]
    public void Transform_StandardisedNumbers_AgreeWithScikitLearn(string file)
    {
        Table table = SampleFiles.Read(file);
        FeaturePlan plan = FeaturePlan.Fit(table, TargetEncoding.FindTarget(table.Schema), FeatureNeeds.Dense);
        FeatureMatrix matrix = plan.Transform(table);

        foreach ((int feature, FeatureInfo info) in plan.Features.Index())
        {
            double[] actual = matrix.Column(feature).ToArray();
            Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(Witness(file)["columns"]![info.Name]!["scaled"]![row]!.GetValue<double>(), actual[row], 1e-10));
        }
    }

    [Fact]
    public void Of_OtherTypes_CountsValues()
    {
        Table table = new(
        [
            new TextColumn("colour", ColumnType.Category, ["red", "blue", "red", null, "amber"]),
            new BooleanColumn("flag", [true, null, true, false, null]),
            new DateColumn("day", [new(2024, 3, 1), null, new(2024, 2, 29), new(2024, 3, 1), null]),
            new NumberColumn("one", [7, double.NaN, double.NaN, double.NaN, double.NaN]),
            new NumberColumn("none", [.. Enumerable.Repeat(double.NaN, 5)]),
        ]);

        IReadOnlyList<ColumnProfile> columns = TableProfile.Of(table).Columns;

        Assert.Equal([new("red", 2), new("amber", 1), new CategoryCount("blue", 1)], columns[0].Top);
        Assert.Equal([new("true", 2), new CategoryCount("false", 1)], columns[1].Top);
        Assert.Equal(new DateSummary(new(2024, 2, 29), new(2024, 3, 1)), columns[2].Date);
        Assert.Equal((7, 7, 7, 0), (columns[3].Number!.Minimum, columns[3].Number!.Maximum, columns[3].Number!.Mean, columns[3].Number!.StandardDeviation));
        Assert.Null(columns[4].Number);
        Assert.Equal([1, 2, 2, 4, 5], columns.Select(column => column.Missing));
        Assert.Equal([3, 2, 2, 1, 0], columns.Select(column => column.Distinct));
    }

    [Fact]
    public void Of_ManyAndLongValues_ListsTheMostFrequentShortened()
    {
        string[] values = [.. Enumerable.Range(0, 30).Select(row => new string((char)('a' + (row % 15)), 200))];

        ColumnProfile column = TableProfile.Of(new Table([new TextColumn("a", ColumnType.Text, values)])).Columns[0];

        Assert.Equal((15, TableProfile.TopValues), (column.Distinct, column.Top.Count));
        Assert.All(column.Top, top => Assert.Equal(TableProfile.MaxValueLength, top.Value.Length));
    }

    [Fact]
    public void Of_HugeNumbers_StaysFiniteAndSerialisable()
    {
        TableProfile profile = TableProfile.Of(new Table([new NumberColumn("a", [double.MaxValue, -double.MaxValue, double.Epsilon, 0])]));

        string json = JsonSerializer.Serialize(profile);

        Assert.Contains("1.7976931348623157E+308", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<TableProfile>(json)));
    }

    private static void Near(JsonNode expected, double actual)
    {
        double value = expected.GetValue<double>();
        Assert.InRange(actual, value - (RelativeTolerance * Math.Abs(value)) - double.Epsilon, value + (RelativeTolerance * Math.Abs(value)) + double.Epsilon);
    }

    private static JsonNode Witness(string file, [CallerFilePath] string thisFile = "") =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(thisFile, "..", "..", "Witness", "profile.json")))![file]!;
}
