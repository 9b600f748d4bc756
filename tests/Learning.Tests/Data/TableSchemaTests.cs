using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

public sealed class TableSchemaTests
{
    private static readonly TableSchema Schema = new([new("a", ColumnType.Number, Nullable: false), new("b c", ColumnType.Category)]);

    [Fact]
    public void ToJson_Schema_IsCamelCaseWithNamedTypes() => Assert.Equal(
        """{"columns":[{"name":"a","type":"Number","nullable":false},{"name":"b c","type":"Category","nullable":true}]}""",
        Schema.ToJson().ToJsonString());

    [Fact]
    public void FromJson_WhatToJsonWrote_IsEqual() => Assert.Equal(Schema, TableSchema.FromJson(JsonNode.Parse(Schema.ToJson().ToJsonString())));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"columns":null}""")]
    [InlineData("""{"columns":[null]}""")]
    [InlineData("""{"columns":[{"name":null,"type":"Number"}]}""")]
    [InlineData("""{"columns":[{"name":" ","type":"Number"}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Colour"}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":99}]}""")]
    [InlineData("""{"columns":[{"name":"a","type":"Number"},{"name":"a","type":"Number"}]}""")]
    public void FromJson_SomethingElse_IsRefused(string json) =>
        Assert.Equal("schema_invalid", Assert.Throws<LearningException>(() => TableSchema.FromJson(JsonNode.Parse(json))).Code);

    [Fact]
    public void Indexer_UnknownColumn_NamesTheKnownOnes()
    {
        Table table = new([new NumberColumn("a", [1]), new NumberColumn("b", [2])]);

        LearningException error = Assert.Throws<LearningException>(() => table["z"]);

        Assert.Equal(("column_missing", "z"), (error.Code, error.Field));
        Assert.Contains("'a', 'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SelectRows_RepeatedAndReordered_GivesThoseRows()
    {
        Table table = RandomTables.Mixed(1, 10);

        Table selected = table.SelectRows([7, 2, 2]);

        Assert.All(table.Columns, column => Assert.Equal(
            [column.TextAt(7), column.TextAt(2), column.TextAt(2)],
            Enumerable.Range(0, 3).Select(selected[column.Name].TextAt)));
    }
}
