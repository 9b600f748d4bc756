using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tests.Scoring;

public class CsvScorerTests
{
    private static readonly TabularModel Model = ScoredModel.Train();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2000)]
    public void Score_AnyNumberOfRows_IsToTheBitWhatTheTableGives(int count)
    {
        string rows = ScoredModel.Rows(count, seed: 2);
        double[] expected = Model.Predict(ScoredModel.Table(rows));

        CollectedRows scored = Score(rows, ScoredModel.Columns, "code");

        Assert.Equal(count, scored.Rows.Count);
        Assert.Equal(expected, scored.Rows.SelectMany(row => row.Outputs));
        Assert.Equal(Enumerable.Range(0, count).Select(row => $"{row}"), scored.Rows.Select(row => row.Id));
    }

    [Fact]
    public void Score_RowsWithFaults_TellsOfThemAndPredictsTheOthersAsWithoutThem()
    {
        string good = "3.5,red,true,2025-03-04,7,a\n";
        ScoredRow alone = Assert.Single(Score(good, ScoredModel.Columns, "code").Rows);

        CollectedRows scored = Score($"{good}big,red,true,2025-03-04,8,a\n{good}1,red\n1,red,maybe,2025-03-04,9,a\n1,red,true,never,10,a\n\n{good}", ScoredModel.Columns, "code");

        Assert.Equal([null, "not_a_number", null, "csv_ragged_row", "not_a_boolean", "not_a_date", null], scored.Rows.Select(row => row.Fault?.Code));
        Assert.Equal([null, "size", null, null, "fresh", "day", null], scored.Rows.Select(row => row.Fault?.Column));
        Assert.Equal(["7", "8", "7", "", "9", "10", "7"], scored.Rows.Select(row => row.Id));
        Assert.All(scored.Rows.Where(row => row.Fault is null), row => Assert.Equal(alone.Outputs, row.Outputs));
        Assert.All(scored.Rows.Where(row => row.Fault is not null), row => Assert.Empty(row.Outputs));
    }

    [Fact]
    public void Score_OtherColumnsInAnotherOrder_FindsThemByName()
    {
        CollectedRows expected = Score("3.5,red,true,2025-03-04,7,a\n", ScoredModel.Columns, null);

        CollectedRows scored = Score("x,2025-03-04,7,true,red,3.5,y\n", "extra,day,code,fresh,colour,size,more", null);

        Assert.Equal(Assert.Single(expected.Rows).Outputs, Assert.Single(scored.Rows).Outputs);
        Assert.Empty(scored.Rows[0].Id);
    }

    [Fact]
    public void Score_QuotedIds_GivesThemWithoutQuotes()
    {
        CollectedRows scored = Score("1,\"a \"\"b\"\"\",true,2025-03-04,7,a\n2,\"two\nlines\",true,2025-03-04,7,a\n", ScoredModel.Columns, "colour");

        Assert.Equal(["a \"b\"", "two\nlines"], scored.Rows.Select(row => row.Id));
    }

    [Fact]
    public void Score_BytesThatAreNoCsv_Throws()
    {
        LearningException broken = Assert.Throws<LearningException>(() => Score("1,\"red,true\n", ScoredModel.Columns, null));

        Assert.Equal("csv_unterminated_quote", broken.Code);
    }

    [Fact]
    public void Score_ABufferWithoutSlack_IsRefused()
    {
        CsvScorer scorer = new(Model, ScoredModel.Columns.Split(','), ',', null, ReadLimits.Default);

        Assert.Throws<ArgumentOutOfRangeException>(() => scorer.Score(new byte[10], 10, new CollectedRows(), CancellationToken.None));
    }

    private static CollectedRows Score(string rows, string columns, string? idColumn)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(rows);
        byte[] buffer = new byte[bytes.Length + CsvScorer.Slack];
        bytes.CopyTo(buffer, 0);
        CollectedRows collected = new();
        int count = new CsvScorer(Model, columns.Split(','), ',', idColumn, ReadLimits.Default).Score(buffer, bytes.Length, collected, CancellationToken.None);
        Assert.Equal(collected.Rows.Count, count);
        return collected;
    }
}
