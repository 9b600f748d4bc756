using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Ranges;

namespace Trainyard.Learning.Tests.Data.Ranges;

public class NdjsonOutlineTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(25, 2)]
    [InlineData(1000, 1)]
    public async Task Read_AnyRangeSize_CutsBetweenLines(int rangeBytes, int ranges)
    {
        const string Text = "\uFEFF\n{\"a\":1,\"b\":2}\n\r\n{\"a\":2}\n{\"a\":3}\n  \nnothing";
        byte[] bytes = Encoding.UTF8.GetBytes(Text);

        RowOutline outline = await NdjsonOutline.ReadAsync(new MemoryStream(bytes), ReadLimits.Default, rangeBytes, CancellationToken.None);

        Assert.Equal(["a", "b"], outline.Columns);
        Assert.Equal((4, ranges), (outline.Rows, outline.Ranges.Count));
        string[] rows = [.. outline.Ranges.SelectMany(range => Encoding.UTF8.GetString(bytes, (int)range.Start, range.Bytes).Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.Equal(["{\"a\":1,\"b\":2}", "{\"a\":2}", "{\"a\":3}", "nothing"], rows);
        Assert.Equal(outline.Ranges.Select((_, index) => 1L + outline.Ranges.Take(index).Sum(range => range.Rows)), outline.Ranges.Select(range => range.FirstRow));
    }

    [Theory]
    [InlineData("\n \n", "ndjson_empty")]
    [InlineData("{}\n{}\n{}\n", "ndjson_too_many_rows")]
    [InlineData("{\"a\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}", "ndjson_line_too_long")]
    public async Task Read_AFileThatIsNone_IsRefused(string text, string code)
    {
        ReadLimits limits = ReadLimits.Default with { MaxRows = 2, MaxLineBytes = 50 };

        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => NdjsonOutline.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), limits, 1000, CancellationToken.None));

        Assert.Equal(code, refused.Code);
    }

    [Theory]
    [InlineData("{\"a\":{\"x\":1},\"b\":[2]}", "a,b")]
    [InlineData("[1]", "")]
    [InlineData("nothing", "")]
    public async Task Columns_OfTheFirstLine_AreItsMembers(string line, string columns) =>
        Assert.Equal(columns, string.Join(',', await NdjsonOutline.ColumnsAsync(new MemoryStream(Encoding.UTF8.GetBytes(line)), ReadLimits.Default, CancellationToken.None)));
}
