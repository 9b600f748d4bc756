using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Ranges;

namespace Trainyard.Learning.Tests.Data.Ranges;

public class CsvOutlineTests
{
    private const int Seed = 20261121;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task Read_AnyRangeSize_CutsBetweenRecordsAndLosesNone(int rangeBytes)
    {
        Random random = new(Seed);
        for (int round = 0; round < 50; round++)
        {
            string text = RandomFile(random);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Table whole = CsvSource.Read(new MemoryStream(bytes), CsvOptions.Default with { Delimiter = ',', Header = CsvHeader.Present });

            RowOutline outline = await CsvOutline.ReadAsync(new MemoryStream(bytes), CsvOptions.Default with { Delimiter = ',', Header = CsvHeader.Present, ChunkBytes = 48 }, rangeBytes, CancellationToken.None);

            Assert.Equal(whole.Columns.Select(column => column.Name), outline.Columns);
            Assert.Equal(whole.RowCount, outline.Rows);
            Assert.Equal(outline.Rows, outline.Ranges.Sum(range => range.Rows));
            long row = 1;
            foreach (RowRange range in outline.Ranges)
            {
                Assert.Equal(row, range.FirstRow);
                string heading = string.Join(',', outline.Columns);
                byte[] part = [.. Encoding.UTF8.GetBytes(heading + "\n"), .. bytes.AsSpan((int)range.Start, range.Bytes)];
                Table read = CsvSource.Read(new MemoryStream(part), CsvOptions.Default with { Delimiter = ',', Header = CsvHeader.Present });
                Assert.Equal(range.Rows, read.RowCount);
                Assert.Equal(whole["id"].TextAt((int)row - 1), read["id"].TextAt(0));
                row += range.Rows;
            }
        }
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("a,b\n", "csv_header_only")]
    [InlineData("a,b\n1,\"2\n", "csv_unterminated_quote")]
    [InlineData("a,b\n1,\"2\"x\n", "csv_bad_quote")]
    [InlineData("a,a\n1,2\n", "csv_duplicate_column")]
    public async Task Read_AFileThatIsNone_IsRefusedAsByTheReader(string text, string code)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LearningException expected = Assert.Throws<LearningException>(() => CsvSource.Read(new MemoryStream(bytes)));

        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => CsvOutline.ReadAsync(new MemoryStream(bytes), CsvOptions.Default, 1000, CancellationToken.None));

        Assert.Equal((code, code), (refused.Code, expected.Code));
        Assert.Equal(expected.Line, refused.Line);
    }

    [Fact]
    public async Task Read_MoreRowsThanAllowed_IsRefused()
    {
        CsvOptions two = CsvOptions.Default with { Limits = ReadLimits.Default with { MaxRows = 2 } };

        LearningException refused = await Assert.ThrowsAsync<LearningException>(() => CsvOutline.ReadAsync(new MemoryStream("a\nx\ny\nz\n"u8.ToArray()), two, 1000, CancellationToken.None));

        Assert.Equal(("csv_too_many_rows", 4L), (refused.Code, refused.Line));
    }

    [Fact]
    public async Task Read_WithAMarkAndNoHeading_BeginsAtTheFirstRow()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "1;2\n3;4\n"u8];

        RowOutline outline = await CsvOutline.ReadAsync(new MemoryStream(bytes), CsvOptions.Default, 1000, CancellationToken.None);

        Assert.Equal(["column_1", "column_2"], outline.Columns);
        Assert.Equal((';', new RowRange(3, 8, 1, 2)), (outline.Delimiter, Assert.Single(outline.Ranges)));
    }

    [Fact]
    public async Task Columns_OfALongFile_ReadsTheHeadAlone()
    {
        byte[] bytes = [.. "a,b\n"u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 1_000_000)))];
        using MemoryStream stream = new(bytes);

        Assert.Equal(["a", "b"], await CsvOutline.ColumnsAsync(stream, CsvOptions.Default, CancellationToken.None));
        Assert.True(stream.Position < 1_000_000, $"{stream.Position} bytes were read.");
    }

    // Every row has a number of its own; fields hold quotes, delimiters and line ends, and blank lines stand between.
    private static string RandomFile(Random random)
    {
        string[] fields = ["x", "", "\"\"", "\"a,b\"", "\"a\nb\"", "\"a\r\nb\"", "\"say \"\"hi\"\"\"", "\"\n\n\"", "1e5", "a\"b"];
        string[] ends = ["\n", "\r\n", "\n\n", "\r\n\r\n"];
        StringBuilder text = new("id,first,second");
        text.Append(ends[random.Next(ends.Length)]);
        int rows = random.Next(1, 30);
        for (int row = 0; row < rows; row++)
        {
            text.Append($"r{row},{fields[random.Next(fields.Length)]},{fields[random.Next(fields.Length)]}");
            text.Append(row == rows - 1 && random.Next(2) == 0 ? "" : ends[random.Next(ends.Length)]);
        }

        return text.ToString();
    }
}
