using Trainyard.Learning.Data;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Sketches;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Sketches;

public class TableSketchTests
{
    [Fact]
    public void Of_Numbers_HasEveryTwentiethQuantile()
    {
        double[] values = [double.NaN, .. Enumerable.Range(0, 101).Reverse().Select(value => (double)value), double.NaN];
        ColumnSketch sketch = TableSketch.Of(new Table([new NumberColumn("n", values)])).Columns[0];
        Assert.Equal((103, 2), (sketch.Rows, sketch.Missing));
        Assert.Equal(Enumerable.Range(0, 21).Select(index => 5.0 * index), sketch.Quantiles, (expected, actual) => Math.Abs(expected - actual) < 1e-9);
        Assert.Empty(sketch.Categories);
    }

    [Fact]
    public void Of_Categories_NamesTheMostFrequentAndCountsTheOthers()
    {
        string?[] values = [null, .. Enumerable.Range(0, 60).SelectMany(code => Enumerable.Repeat($"c{code:00}", 60 - code))];
        ColumnSketch sketch = TableSketch.Of(new Table([new TextColumn("c", ColumnType.Category, values)])).Columns[0];
        Assert.Equal(TableSketch.MaximumCategories, sketch.Categories.Count);
        Assert.Equal(new CategoryCount("c00", 60), sketch.Categories[0]);
        Assert.Equal(Enumerable.Range(1, 10).Sum(), sketch.OtherCount);
        Assert.Equal(1, sketch.Missing);
    }

    [Fact]
    public void Of_DatesTextsAndTruthValues_HasWhatSuitsThem()
    {
        Table table = new(
        [
            new DateColumn("d", [new DateTime(1970, 1, 2, 12, 0, 0, DateTimeKind.Utc), null]),
            new TextColumn("t", ColumnType.Text, ["four", "sixsix"]),
            new BooleanColumn("b", [true, null]),
        ]);
        IReadOnlyList<ColumnSketch> sketches = TableSketch.Of(table).Columns;
        Assert.All(sketches[0].Quantiles, days => Assert.Equal(1.5, days));
        Assert.Equal((4.0, 5.0, 6.0), (sketches[1].Quantiles[0], sketches[1].Quantiles[10], sketches[1].Quantiles[20]));
        Assert.Equal([new CategoryCount("true", 1)], sketches[2].Categories);
    }

    [Fact]
    public void Of_ALongTable_LooksAtPartOfIt()
    {
        int rows = (2 * TableSketch.MaximumRows) + 7;
        TableSketch sketch = TableSketch.Of(new Table([new NumberColumn("n", [.. Enumerable.Range(0, rows).Select(row => (double)row)])]));
        Assert.Equal((rows, TableSketch.MaximumRows), (sketch.Rows, sketch.Columns[0].Rows));
        Assert.Equal(rows / 2.0, sketch.Columns[0].Quantiles[10], 5.0);
    }

    [Fact]
    public void Fit_KeepsTheDistributionsOfItsRows_InTheFileToo()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = TabularModelFile.Read(TabularModelFile.ToBytes(SampleTables.Fit(table, "decision_tree")));
        Assert.Equivalent(TableSketch.Of(table), model.Reference, strict: true);
        Assert.Contains(model.Reference!.Columns, column => column.Name == "bought");
        Assert.Null(TabularModelFile.Read(ModelFile.EarlierFiles.Read("v1-decision_tree.tym")).Reference);
    }
}
