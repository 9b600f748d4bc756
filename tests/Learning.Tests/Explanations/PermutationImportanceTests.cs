using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Explanations;

public class PermutationImportanceTests
{
    [Fact]
    public void Measure_OnAKnownRule_RanksItsColumnsFirst()
    {
        // The target depends on age and colour alone.
        IReadOnlyList<ColumnImportance> found = Measure(new PermutationOptions(1));
        Assert.Equal(["age", "colour"], found.Take(2).Select(each => each.Column).Order(StringComparer.Ordinal));
        Assert.All(found.Take(2), each => Assert.True(each.Importance > 0.25));
        Assert.All(found.Skip(2), each => Assert.InRange(each.Importance, -0.05, 0.15));
    }

    [Fact]
    public void Measure_AtAnyThreadCount_IsTheSame() =>
        Assert.Equal(Measure(new PermutationOptions(1) { MaxDegreeOfParallelism = 1 }), Measure(new PermutationOptions(1) { MaxDegreeOfParallelism = 4 }));

    [Fact]
    public void Measure_ByAnError_IsPositiveForWhatHelps()
    {
        Table table = SampleTables.Load("diabetes");
        TabularModel model = SampleTables.Fit(table, "linear_regression");
        IReadOnlyList<ColumnImportance> found = PermutationImportance.Measure(model, table, MetricCatalog.Get("rmse"), new PermutationOptions(1), default);
        Assert.Contains("bmi", found.Take(3).Select(each => each.Column));
        Assert.True(found[0].Importance > 1);
    }

    [Fact]
    public void Measure_OnManyRows_TakesAPart() =>
        Assert.NotEqual(Measure(new PermutationOptions(1) { MaximumRows = 50 }), Measure(new PermutationOptions(1)));

    [Theory]
    [InlineData(10, 10, 10_000)]
    [InlineData(1000, 1000, 2000)]
    [InlineData(10_000, 10_000, 50)]
    public void RowsFor_ManyColumns_BoundsTheWork(int columns, int features, int rows) =>
        Assert.Equal(rows, new PermutationOptions(1).RowsFor(columns, features));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 0)]
    public void Measure_WithImpossibleOptions_SaysSo(int repeats, int rows) =>
        Assert.Equal("option_out_of_range", Assert.Throws<LearningException>(() => Measure(new PermutationOptions(1) { Repeats = repeats, MaximumRows = rows })).Code);

    private static IReadOnlyList<ColumnImportance> Measure(PermutationOptions options)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "gradient_boosting", ("min_rows_per_leaf", 5));
        return PermutationImportance.Measure(model, table, MetricCatalog.Get("accuracy"), options, default);
    }
}
