using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

public class HalvingTests
{
    [Theory]
    [InlineData(27, 90_000, "27@10000/3 9@30000/3 3@90000/5")]
    [InlineData(27, 4500, "27@500/3 9@1500/3 3@4500/5")]
    [InlineData(27, 4499, "27@1499/3 9@4499/5")]
    [InlineData(27, 1499, "27@1499/5")]
    [InlineData(8, 1_000_000, "8@1000000/5")]
    [InlineData(1, 10, "1@10/5")]
    public void Schedule_GivesAThirdOfTheCandidatesThreeTimesTheRows(int candidates, int rows, string expected) =>
        Assert.Equal(expected, Text(Halving.Schedule(candidates, rows, 5)));

    [Theory]
    [InlineData(81, "27@10000/3 9@30000/3 3@90000/5")]
    [InlineData(80, "27@30000/3 9@90000/5")]
    [InlineData(26, "27@90000/5")]
    public void Schedule_OfARareClass_KeepsEnoughOfItInEachRung(int ofClass, string expected) =>
        Assert.Equal(expected, Text(Halving.Schedule(27, 90_000, 5, ofClass)));

    [Fact]
    public void Schedule_OfATable_CountsRowsWithATarget()
    {
        Table digits = SampleTables.Load("digits");
        Assert.Equal("9@599/3 3@1797/5", Text(Halving.Schedule(9, digits, TargetEncoding.Infer(digits), 5)));
        Assert.Equal("9@1797/5", Text(Halving.Schedule(9, digits, TargetEncoding.Infer(digits, null, LearningTask.Clustering), 5)));
    }

    [Fact]
    public void Sample_GrowsWithItsCountAndKeepsTheShareOfEachClass()
    {
        Table table = SampleTables.Load("digits");
        TargetEncoding target = TargetEncoding.Infer(table);
        Table all = new([.. table.Columns, new NumberColumn("row_number", [.. Enumerable.Range(0, table.RowCount).Select(row => (double)row)])]);
        HashSet<double> few = [.. Rows(Halving.Sample(all, target, 200, 3))];
        HashSet<double> more = [.. Rows(Halving.Sample(all, target, 600, 3))];
        Assert.Equal((200, 600), (few.Count, more.Count));
        Assert.Subset(more, few);
        Assert.Equal(few.Order(), Rows(Halving.Sample(all, target, 200, 3)));
        Assert.NotEqual(few.Order(), Rows(Halving.Sample(all, target, 200, 4)));
        double[] whole = target.Encode(table).Labels;
        double[] sampled = target.Encode(Halving.Sample(all, target, 200, 3)).Labels;
        Assert.All(whole.Distinct(), label => Assert.Equal(whole.Count(each => each == label) * 200.0 / 1797, sampled.Count(each => each == label), 1.0));
        Assert.Same(all, Halving.Sample(all, target, 1797, 3));
    }

    private static double[] Rows(Table table) => ((NumberColumn)table.Columns[^1]).Values.ToArray();

    private static string Text(IReadOnlyList<Rung> rungs)
    {
        Assert.Equal(Enumerable.Range(1, rungs.Count), rungs.Select(rung => rung.Number));
        return string.Join(' ', rungs.Select(rung => $"{rung.Candidates}@{rung.Rows}/{rung.Folds}"));
    }
}
