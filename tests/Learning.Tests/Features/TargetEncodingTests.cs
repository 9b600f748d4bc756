using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Tests.Features;

public sealed class TargetEncodingTests
{
    [Theory]
    [InlineData("a,b,c", null, "c")]
    [InlineData("a,y,c", null, "y")]
    [InlineData("Y,CLASS,c", null, "CLASS")]
    [InlineData("y,class,Label", null, "Label")]
    [InlineData("label,Target,y", null, "Target")]
    [InlineData("target,b", "b", "b")]
    [InlineData("target,b", "", "target")]
    public void FindTarget_Columns_FollowTheirNamesThenTheirOrder(string columns, string? wanted, string expected) =>
        Assert.Equal(expected, TargetEncoding.FindTarget(new([.. columns.Split(',').Select(name => new ColumnSchema(name, ColumnType.Number))]), wanted));

    [Fact]
    public void FindTarget_ColumnThatIsNotThere_IsRefused()
    {
        LearningException error = Assert.Throws<LearningException>(() => TargetEncoding.FindTarget(new([new("a", ColumnType.Number)]), "z"));

        Assert.Equal(("target_missing", "z"), (error.Code, error.Field));
    }

    public static TheoryData<string, LearningTask, string> Columns() => new()
    {
        { Repeat("no,yes", 20), LearningTask.Classification, "no yes" },
        { Repeat("true,false", 20), LearningTask.Classification, "false true" },
        { Repeat("0,1", 20), LearningTask.Classification, "0 1" },
        { Repeat("0.5,1.5", 20), LearningTask.Classification, "0.5 1.5" },
        { Repeat("2,10,1", 30), LearningTask.Classification, "1 2 10" },
        { Repeat("-0,0,1", 30), LearningTask.Classification, "0 1" },
        { Numbers(20, 100), LearningTask.Classification, string.Join(' ', Enumerable.Range(0, 20)) },
        { Numbers(20, 99), LearningTask.Regression, "" },
        { Numbers(21, 500), LearningTask.Regression, "" },
        { Repeat("0.5,1.5,2", 100), LearningTask.Regression, "" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Infer_Column_FindsTaskAndClasses(string values, LearningTask task, string classes)
    {
        TargetEncoding target = TargetEncoding.Infer(Target(values));

        Assert.Equal((task, classes), (target.Task, string.Join(' ', target.Classes)));
    }

    public static TheoryData<string, LearningTask?, string> BadColumns() => new()
    {
        { Repeat("a", 20), null, "target_one_class" },
        { Repeat("3", 20), null, "target_one_class" },
        { Repeat("3", 20), LearningTask.Regression, "target_constant" },
        { Repeat("NA", 20), null, "target_all_missing" },
        { Repeat("a,b", 9), null, "too_few_rows" },
        { Repeat("a,b", 9) + "\n" + Repeat("NA", 20), null, "too_few_rows" },
        { Repeat("a,b", 20), LearningTask.Regression, "target_not_numeric" },
        { Numbers(1001, 1001), LearningTask.Classification, "target_too_many_classes" },
    };

    [Theory]
    [MemberData(nameof(BadColumns))]
    public void Infer_ColumnThatCannotBeLearned_IsRefused(string values, LearningTask? task, string code)
    {
        LearningException error = Assert.Throws<LearningException>(() => TargetEncoding.Infer(Target(values), null, task));

        Assert.Equal((code, "target"), (error.Code, error.Field));
    }

    [Fact]
    public void Encode_RowsWithoutATarget_AreDroppedAndCounted()
    {
        Table rows = new([new TextColumn("target", ColumnType.Category, ["b", null, "a", "b", null])]);

        EncodedTarget encoded = new TargetEncoding("target", LearningTask.Classification, ["a", "b"]).Encode(rows);

        Assert.Equal([0, 2, 3], encoded.Rows);
        Assert.Equal([1, 0, 1], encoded.Labels);
        Assert.Equal(2, encoded.DroppedRows);
    }

    [Fact]
    public void Encode_ClassThatIsNotKnown_NamesIt()
    {
        Table rows = new([new TextColumn("target", ColumnType.Category, ["a", "c"])]);

        LearningException error = Assert.Throws<LearningException>(() => new TargetEncoding("target", LearningTask.Classification, ["a", "b"]).Encode(rows));

        Assert.Equal("target_class_unknown", error.Code);
        Assert.Contains("Row 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_NumbersForRegression_AreTheLabels()
    {
        Table rows = new([new NumberColumn("target", [1.5, double.NaN, -2])]);

        Assert.Equal([1.5, -2], new TargetEncoding("target", LearningTask.Regression, []).Encode(rows).Labels);
    }

    [Fact]
    public void FromJson_WhatToJsonWrote_IsTheSame()
    {
        TargetEncoding target = new("target", LearningTask.Classification, ["a", "b"]);

        TargetEncoding read = TargetEncoding.FromJson(JsonNode.Parse(target.ToJson().ToJsonString()));

        Assert.Equal((target.Column, target.Task), (read.Column, read.Task));
        Assert.Equal(target.Classes, read.Classes);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"column":"t","task":"Classification","classes":["a"]}""")]
    [InlineData("""{"column":"t","task":"Classification","classes":["a","a"]}""")]
    [InlineData("""{"column":"t","task":"Classification","classes":["a",null]}""")]
    [InlineData("""{"column":"t","task":"Regression","classes":["a","b"]}""")]
    [InlineData("""{"column":"t","task":7,"classes":["a","b"]}""")]
    public void FromJson_SomethingElse_IsRefused(string json) =>
        Assert.Equal("target_invalid", Assert.Throws<LearningException>(() => TargetEncoding.FromJson(JsonNode.Parse(json))).Code);

    private static Table Target(string lines) => Data.CsvSourceTests.Read("target\n" + lines, new CsvOptions { Header = CsvHeader.Present });

    private static string Repeat(string values, int rows) => string.Join('\n', Enumerable.Range(0, rows).Select(row => values.Split(',')[row % values.Split(',').Length]));

    private static string Numbers(int distinct, int rows) => string.Join('\n', Enumerable.Range(0, rows).Select(row => row % distinct));
}
