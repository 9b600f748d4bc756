using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tests.Scoring;

public class NdjsonScorerTests
{
    private const string Good = """{"size": 3.5, "colour": "red", "fresh": true, "day": "2025-03-04", "code": 7, "note": {"deep": [1]}}""";

    private static readonly TabularModel Model = ScoredModel.Train();

    [Fact]
    public void Score_Rows_IsToTheBitWhatTheCsvOfThemGives()
    {
        double[] expected = Model.Predict(ScoredModel.Table("3.5,red,true,2025-03-04,7,a\n,green,false,2024-12-31,8,b\n"));

        CollectedRows scored = Score($"{Good}\n\n{{\"day\":\"2024-12-31\",\"colour\":\"green\",\"size\":null,\"fresh\":\"false\",\"code\":\"8\"}}");

        Assert.Equal(expected, scored.Rows.SelectMany(row => row.Outputs));
        Assert.Equal(["7", "8"], scored.Rows.Select(row => row.Id));
    }

    [Theory]
    [InlineData("""{"size": "big"}""", "not_a_number", "size")]
    [InlineData("""{"size": 1e999}""", "not_a_number", "size")]
    [InlineData("""{"size": [1]}""", "ndjson_nested", "size")]
    [InlineData("""{"size": 1, "colour": "a", "size": 2}""", "ndjson_duplicate_member", "size")]
    [InlineData("""{"size": 1""", "ndjson_malformed", null)]
    [InlineData("""{"size": 1} {}""", "ndjson_malformed", null)]
    [InlineData("""{"colour": "\ud800"}""", "ndjson_malformed", null)]
    [InlineData("""[1]""", "ndjson_not_object", null)]
    [InlineData("nothing", "ndjson_malformed", null)]
    public void Score_ARowWithAFault_TellsOfItAndPredictsTheOthers(string line, string code, string? column)
    {
        CollectedRows scored = Score($"{Good}\n{line}\n{Good}\n");

        Assert.Equal([null, code, null], scored.Rows.Select(row => row.Fault?.Code));
        Assert.Equal(column, scored.Rows[1].Fault!.Column);
        Assert.Equal(scored.Rows[0].Outputs, scored.Rows[2].Outputs);
    }

    [Fact]
    public void Score_BytesThatAreNotUtf8_TellsOfTheirLineAlone()
    {
        CollectedRows collected = new();

        new NdjsonScorer(Model, null).Score([.. Encoding.UTF8.GetBytes(Good), (byte)'\n', .. "{\"colour\":\""u8, 0xFF, .. "\"}"u8], collected, CancellationToken.None);

        Assert.Equal([null, "ndjson_not_utf8"], collected.Rows.Select(row => row.Fault?.Code));
    }

    private static CollectedRows Score(string lines)
    {
        CollectedRows collected = new();
        int count = new NdjsonScorer(Model, "code").Score(Encoding.UTF8.GetBytes(lines), collected, CancellationToken.None);
        Assert.Equal(collected.Rows.Count, count);
        return collected;
    }
}
