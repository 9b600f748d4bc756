using Trainyard.Learning.Data;
using Trainyard.Learning.Sketches;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Sketches;

public class SketchRowsTests
{
    [Fact]
    public void Make_HasTheSharesAndQuantilesOfTheRows()
    {
        Table table = SampleTables.Mixed();
        Table made = SketchRows.Make(TableSketch.Of(table), table.Schema, table.RowCount, 1);

        Assert.Equal(table.Schema.Columns.Select(column => (column.Name, column.Type)), made.Schema.Columns.Select(column => (column.Name, column.Type)));
        Assert.Equal(table["income"].MissingCount, made["income"].MissingCount);
        Assert.Equal(Counts(table, "colour"), Counts(made, "colour"));
        Assert.Equal(Counts(table, "member"), Counts(made, "member"));
        ColumnSketch age = TableSketch.Of(table).Columns[0];
        ColumnSketch likeAge = TableSketch.Of(made).Columns[0];
        Assert.All(age.Quantiles.Zip(likeAge.Quantiles), pair => Assert.Equal(pair.First, pair.Second, 1.0));
    }

    [Fact]
    public void Make_OfDatesTextsRareCategoriesAndUnknownColumns_IsMissingWhereNothingIsKnown()
    {
        int rows = 200;
        Table table = new(
        [
            new DateColumn("day", Enumerable.Range(0, rows).Select(day => (DateTime?)DateTime.UnixEpoch.AddDays(day))),
            new TextColumn("note", ColumnType.Text, Enumerable.Range(0, rows).Select(row => $"note {row} of many words")),
            new TextColumn("city", ColumnType.Category, Enumerable.Range(0, rows).Select(row => $"city {row}")),
        ]);
        TableSchema columns = new([.. table.Schema.Columns, new ColumnSchema("new", ColumnType.Number)]);

        Table made = SketchRows.Make(TableSketch.Of(table), columns, 100, 1);

        DateColumn days = (DateColumn)made["day"];
        Assert.All(Enumerable.Range(0, 100), row => Assert.InRange(days.ValueAt(row)!.Value, DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(rows)));
        Assert.Equal((100, 100, 0), (made["note"].MissingCount, made["new"].MissingCount, made["city"].MissingCount));

        // Three quarters of the cities are past those that a sketch lists, and share one that no list has.
        Assert.Equal(75, Counts(made, "city").Max(each => each.Value));
    }

    private static SortedDictionary<string, int> Counts(Table table, string column) =>
        new(Enumerable.Range(0, table.RowCount).CountBy(row => table[column].TextAt(row) ?? "").ToDictionary(each => each.Key, each => each.Value), StringComparer.Ordinal);
}
