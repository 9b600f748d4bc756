using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Tests.Data;
using Trainyard.Learning.Validation;

namespace Trainyard.Learning.Tests.Validation;

public sealed class TableValidatorTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Values of one column (· for missing), what is expected, then kind:count@rows of each violation.</summary>
    public static TheoryData<string, string, string> Checks() => new()
    {
        { "1 2 3", """{"type":"Number","minimum":1,"maximum":3,"maxMissingShare":0,"unique":true}""", "" },
        { "1 · 3 ·", """{"type":"Number","maxMissingShare":0}""", "Missing:2@2,4" },
        { "1 · 3 ·", """{"type":"Number","maxMissingShare":0.5}""", "" },
        { "1 · 3 ·", """{"type":"Number","maxMissingShare":0.4}""", "Missing:2@2,4" },
        { "1 -5 3 9", """{"type":"Number","minimum":0,"maximum":3}""", "Range:2@2,4" },
        { "1 x 30 y", """{"type":"Number","maximum":3}""", "Type:2@2,4 Range:1@3" },
        { "1 2 2 1 2", """{"type":"Number","unique":true}""", "Unique:3@3,4,5" },
        { "0 -0", """{"type":"Number","unique":true}""", "Unique:1@2" },
        { "red blue pink red", """{"type":"Category","values":["red","blue"]}""", "Set:1@3" },
        { "1 2 7", """{"type":"Category","values":["1","2"]}""", "Set:1@3" },
        { "AB-12 AB-1 xAB-12", """{"type":"Category","pattern":"^[A-Z]{2}-[0-9]{2}$"}""", "Pattern:2@2,3" },
        { "true 1 false", """{"type":"Boolean"}""", "Type:1@2" },
        { "2024-01-01 2024-02-30", """{"type":"Date"}""", "Type:1@2" },
        { "2024-01-01 2025-01-01 2023-01-01", """{"type":"Date","earliest":"2023-06-01T00:00:00Z","latest":"2024-06-01T00:00:00Z"}""", "Range:2@2,3" },
        { "2026-11-01 2026-11-19", """{"type":"Date","maxAge":"2.00:00:00"}""", "" },
        { "2026-11-01 2026-11-18", """{"type":"Date","maxAge":"2.00:00:00"}""", "Freshness:0@" },
        { "2026-11-01 2062-11-19", """{"type":"Date","maxAge":"2.00:00:00"}""", "Freshness:0@" },
        { "2026-11-01 2026-11-22", """{"type":"Date","maxAge":"2.00:00:00"}""", "" },
        { "2026-11-20 soon", """{"type":"Date","maxAge":"2.00:00:00"}""", "Type:1@2" },
        { "2026-11-01 soon", """{"type":"Date","maxAge":"2.00:00:00"}""", "Type:1@2 Freshness:0@" },
        { "· ·", """{"type":"Date","maxAge":"2.00:00:00"}""", "Freshness:0@" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! b c", """{"type":"Category","pattern":"^(a+)+$"}""", "PatternTimeout:1@1" },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public void Check_OneColumn_CountsTheRowsAtFault(string values, string expectation, string expected)
    {
        JsonObject column = JsonNode.Parse(expectation)!.AsObject();
        column["name"] = "a";
        Table table = CsvSourceTests.Read("a\n" + values.Replace("·", "NA", StringComparison.Ordinal).Replace(' ', '\n'), new CsvOptions { Header = CsvHeader.Present });

        ValidationReport report = TableValidator.Check(table, TableExpectations.FromJson(new JsonObject { ["columns"] = new JsonArray(column) }), Now);

        Assert.Equal(expected, Show(report));
        Assert.Equal(expected.Length == 0, report.Passed);
    }

    [Fact]
    public void Check_RowsAndColumns_AreCompared()
    {
        Table table = CsvSourceTests.Read("a,b\n1,2\n3,4\n");
        TableExpectations expectations = new([new ColumnExpectation("a", ColumnType.Number), new ColumnExpectation("gone", ColumnType.Date)])
        {
            MinRows = 3,
            AllowsOtherColumns = false,
        };

        ValidationReport report = TableValidator.Check(table, expectations, Now);

        Assert.Equal(
            [(ExpectationKind.RowCount, null), (ExpectationKind.ColumnUnknown, "b"), (ExpectationKind.ColumnMissing, "gone")],
            report.Violations.Select(violation => (violation.Kind, violation.Column)));
    }

    [Fact]
    public void Check_Example_NamesRowLineAndValueShortened()
    {
        string odd = new('x', 500);
        Table table = CsvSourceTests.Read($"a,b\n1,\"two\nlines\"\n\n{odd},z\n");

        Violation violation = Assert.Single(TableValidator.Check(table, new([new ColumnExpectation("a", ColumnType.Number)]), Now).Violations);

        ViolationExample example = Assert.Single(violation.Examples);
        Assert.Equal((2, 5L, 100), (example.Row, example.Line!.Value, example.Value!.Length));
    }

    [Fact]
    public void Check_ManyFaults_KeepsAFewExamplesAndAllCounts()
    {
        Table table = new([new NumberColumn("a", [.. Enumerable.Range(0, 10_000).Select(row => (double)row)])]);

        Violation violation = Assert.Single(TableValidator.Check(table, new([new ColumnExpectation("a", ColumnType.Number) { Maximum = 99 }]), Now).Violations);

        Assert.Equal(9_900, violation.Count);
        Assert.Equal([101, 102, 103, 104, 105], violation.Examples.Select(example => example.Row));
    }

    [Theory]
    [InlineData(100.00005, true)]
    [InlineData(100.0002, false)]
    [InlineData(-0.00005, true)]
    [InlineData(-0.0002, false)]
    public void Check_NumberJustOutside_PassesWithinTheTolerance(double value, bool passes)
    {
        TableExpectations expectations = ExpectationInference.Infer(new Table([new NumberColumn("a", [0, 100, 50])]), Now) with { MinRows = null };
        Table table = new([new NumberColumn("a", [value])]);

        Assert.Equal(passes, TableValidator.Check(table, expectations, Now).Passed);
    }

    [Fact]
    public void Check_NumbersThroughSinglePrecision_StillPass()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(row => Math.Sqrt(row) * 12345.678)];
        TableExpectations expectations = ExpectationInference.Infer(new Table([new NumberColumn("a", values)]), Now);

        Assert.True(TableValidator.Check(new Table([new NumberColumn("a", [.. values.Select(value => (double)(float)value)])]), expectations, Now).Passed);
    }

    [Fact]
    public void FromJson_WhatToJsonWrote_IsTheSame()
    {
        TableExpectations expectations = ExpectationInference.Infer(RandomTables.Mixed(3, 200), Now, new InferenceOptions { FreshnessColumns = ["day"] });
        string json = expectations.ToJson().ToJsonString();

        Assert.Equal(json, TableExpectations.FromJson(JsonNode.Parse(json)).ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"columns":[null]}""")]
    [InlineData("""{"columns":[{"name":"","type":"Number"}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Colour"}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Number"},{"name":"a","type":"Number"}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Number","minimum":2,"maximum":1}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Number","maxMissingShare":1.5}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Number","relativeTolerance":-1}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Text","pattern":"("}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Text","values":[null]}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Date","maxAge":"-1.00:00:00"}]}""")]
    [InlineData("""{"columns":[],"minRows":2,"maxRows":1}""")]
    public void FromJson_SomethingElse_IsRefused(string json) =>
        Assert.Equal("expectations_invalid", Assert.Throws<LearningException>(() => TableExpectations.FromJson(JsonNode.Parse(json))).Code);

    [Fact]
    public void ToJson_Report_IsReadable()
    {
        Table table = CsvSourceTests.Read("a\n1\nx\n");

        string json = TableValidator.Check(table, new([new ColumnExpectation("a", ColumnType.Number)]), Now).ToJson().ToJsonString();

        Assert.StartsWith("""{"rows":2,"violations":[{"kind":"Type","column":"a","count":1,"message":""", json, StringComparison.Ordinal);
        Assert.EndsWith(""""examples":[{"row":2,"line":3,"value":"x"}]}],"passed":false}"""", json, StringComparison.Ordinal);
    }

    internal static string Show(ValidationReport report) => new StringBuilder().AppendJoin(' ', report.Violations.Select(violation =>
        $"{violation.Kind}:{violation.Count}@{string.Join(',', violation.Examples.Select(example => example.Row))}")).ToString();
}
