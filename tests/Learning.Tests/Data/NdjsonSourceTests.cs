using System.Text;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

public sealed class NdjsonSourceTests
{
    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n", "a:Number b:Category / 1,x / 2,y")]
    [InlineData("{\"a\":1}\r\n\r\n{\"b\":true}", "a:Number b:Boolean / 1,· / ·,true")]
    [InlineData("\uFEFF{\"a\":null}\n{\"a\":\"7\"}\n{\"a\":8.5}\n", "a:Number / · / 7 / 8.5")]
    [InlineData("{\"b\":1,\"a\":2}\n{\"a\":3,\"b\":4}\n", "b:Number a:Number / 1,2 / 4,3")]
    [InlineData("{\"a\":\"\\u00e9\\n\\\"\"}\n", "a:Category / é\n\"")]
    [InlineData("{\"\\u0061\":1}\n{\"a\":2}\n", "a:Number / 1 / 2")]
    [InlineData("{}\n{\"a\":1}\n", "a:Number / · / 1")]
    [InlineData("{\"a\":\"2024-02-29\"}\n", "a:Date / 2024-02-29")]
    public void Read_File_GivesItsTable(string file, string expected) => Assert.Equal(expected, CsvSourceTests.Show(Read(file)));

    [Theory]
    [InlineData("", "ndjson_empty", null)]
    [InlineData("\n \n", "ndjson_empty", null)]
    [InlineData("{}\n", "ndjson_empty", null)]
    [InlineData("[1]\n", "ndjson_not_object", 1L)]
    [InlineData("{\"a\":1}\n7\n", "ndjson_not_object", 2L)]
    [InlineData("{\"a\":1}\n{\"a\":\n", "ndjson_malformed", 2L)]
    [InlineData("{\"a\":1} {\"a\":2}\n", "ndjson_malformed", 1L)]
    [InlineData("{\"a\":{}}\n", "ndjson_nested", 1L)]
    [InlineData("{\"a\":[1]}\n", "ndjson_nested", 1L)]
    [InlineData("{\"a\":1,\"a\":2}\n", "ndjson_duplicate_member", 1L)]
    [InlineData("{\"\":1}\n", "ndjson_column_name_invalid", 1L)]
    [InlineData("{\"a\":\"\\ud800\"}\n", "ndjson_malformed", 1L)]
    public void Read_BadFile_SaysWhatAndWhere(string file, string code, long? line)
    {
        LearningException error = Assert.Throws<LearningException>(() => Read(file));

        Assert.Equal((code, line), (error.Code, error.Line));
    }

    [Fact]
    public void Read_LateColumnsOfManyRows_AreBoundedByCells()
    {
        NdjsonOptions options = new() { Limits = new ReadLimits { MaxCells = 10 } };

        LearningException error = Assert.Throws<LearningException>(() => Read("{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n{\"b\":1,\"c\":1,\"d\":1}\n", options));

        Assert.Equal("ndjson_too_many_cells", error.Code);
    }

    [Fact]
    public void Read_WithASchema_NamesColumnAndLine()
    {
        NdjsonOptions options = new() { Schema = new([new("a", ColumnType.Number)]) };

        LearningException error = Assert.Throws<LearningException>(() => Read("{\"a\":1}\n{\"a\":\"x\"}\n", options));

        Assert.Equal(("not_a_number", "a", 2L), (error.Code, error.Field, error.Line!.Value));
    }

    private static Table Read(string file, NdjsonOptions? options = null) => NdjsonSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), options);
}
