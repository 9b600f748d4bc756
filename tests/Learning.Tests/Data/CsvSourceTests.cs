using System.Text;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

public sealed class CsvSourceTests
{
    private static readonly TableSchema NumberAndFlag = new([new("n", ColumnType.Number), new("flag", ColumnType.Boolean, Nullable: false)]);

    /// <summary>File, then its table: columns as name:type, rows after a slash, values after commas, · for missing.</summary>
    [Theory]
    [InlineData("a,b\n1,2\n", "a:Number b:Number / 1,2")]
    [InlineData("a,b\n1,2", "a:Number b:Number / 1,2")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n", "a:Number b:Number / 1,2 / 3,4")]
    [InlineData("a,b\r1,2\r3,4\r", "a:Number b:Number / 1,2 / 3,4")]
    [InlineData("a,b\n1,2\r\n3,4\r5,6", "a:Number b:Number / 1,2 / 3,4 / 5,6")]
    [InlineData("\uFEFFa,b\n1,2\n", "a:Number b:Number / 1,2")]
    [InlineData("\uFEFF\"a\",b\n1,2\n", "a:Number b:Number / 1,2")]
    [InlineData("a;b\n1;2\n", "a:Number b:Number / 1,2")]
    [InlineData("a\tb\n1\t2\n", "a:Number b:Number / 1,2")]
    [InlineData("a|b\n1|2\n", "a:Number b:Number / 1,2")]
    [InlineData("a;b\n1,5;2,5\n", "a:Category b:Category / 1,5,2,5")]
    [InlineData("\"a;x\",b\n1,2\n", "a;x:Number b:Number / 1,2")]
    [InlineData("a\n1\n2\n", "a:Number / 1 / 2")]
    [InlineData("a\n1\n\n2\n\n", "a:Number / 1 / 2")]
    [InlineData("\n\na\n1\n", "a:Number / 1")]
    [InlineData("a\n\"\"\n2\n", "a:Number / · / 2")]
    [InlineData("a,b\n\"x, y\",2\n", "a:Category b:Number / x, y,2")]
    [InlineData("a,b\n\"x\ny\",2\n", "a:Category b:Number / x\ny,2")]
    [InlineData("a,b\n\"x\r\ny\",2\n", "a:Category b:Number / x\r\ny,2")]
    [InlineData("a,b\n\"say \"\"hi\"\"\",2\n", "a:Category b:Number / say \"hi\",2")]
    [InlineData("a,b\n\"\"\"\"\"\",2\n", "a:Category b:Number / \"\",2")]
    [InlineData("a,b\n5\" pipe,2\n", "a:Category b:Number / 5\" pipe,2")]
    [InlineData("a,b\n x , y \n", "a:Category b:Category /  x , y ")]
    [InlineData(" a , b \n 1 , 2 \n", "a:Number b:Number / 1,2")]
    [InlineData(",b\n1,2\n", "column_1:Number b:Number / 1,2")]
    [InlineData("1,2\n3,4\n", "column_1:Number column_2:Number / 1,2 / 3,4")]
    [InlineData("5.1,setosa\n4.9,setosa\n", "column_1:Number column_2:Category / 5.1,setosa / 4.9,setosa")]
    [InlineData("x,2024-01-01\n", "column_1:Category column_2:Date / x,2024-01-01")]
    [InlineData("a,b,c,d,e,f\n,NA,n/a,NULL,nan,?\n1,2,3,4,5,6\n", "a:Number b:Number c:Number d:Number e:Number f:Number / ·,·,·,·,·,· / 1,2,3,4,5,6")]
    [InlineData("a,b\n NA ,2\n1,3\n", "a:Number b:Number / ·,2 / 1,3")]
    [InlineData("a\nNA\n?\n", "a:Number / · / ·")]
    [InlineData("a\ntrue\nFALSE\nNA\n", "a:Boolean / true / false / ·")]
    [InlineData("a\nyes\nno\n", "a:Category / yes / no")]
    [InlineData("a\n0\n1\n", "a:Number / 0 / 1")]
    [InlineData("a\n1\nx\n", "a:Category / 1 / x")]
    [InlineData("a\n007\n08\n", "a:Number / 7 / 8")]
    [InlineData("a\n-0\n+5\n.5\n5.\n1e3\n-1.5E-2\n", "a:Number / -0 / 5 / 0.5 / 5 / 1000 / -0.015")]
    [InlineData("a\n123456789012345678\n0.1234567890123456789\n", "a:Number / 1.2345678901234568E+17 / 0.12345678901234568")]
    [InlineData("a\n1e999\n", "a:Category / 1e999")]
    [InlineData("a\nInfinity\n", "a:Category / Infinity")]
    [InlineData("a\n0x10\n", "a:Category / 0x10")]
    [InlineData("a\n\"1,000\"\n", "a:Category / 1,000")]
    [InlineData("a\n1 2\n", "a:Category / 1 2")]
    [InlineData("a\n2024-02-29\n2024-03-01T12:30\n", "a:Date / 2024-02-29 / 2024-03-01T12:30:00Z")]
    [InlineData("a\n2024-02-29T23:59:59.5+02:00\n", "a:Date / 2024-02-29T21:59:59.5Z")]
    [InlineData("a\n2024-02-29 01:02:03Z\n", "a:Date / 2024-02-29T01:02:03Z")]
    [InlineData("a\n2023-02-29\n", "a:Category / 2023-02-29")]
    [InlineData("a\n2024-13-01\n", "a:Category / 2024-13-01")]
    [InlineData("a\n29/02/2024\n", "a:Category / 29/02/2024")]
    [InlineData("a\n0001-01-01T00:00+01:00\n", "a:Category / 0001-01-01T00:00+01:00")]
    [InlineData("a\nthis is a long remark\nand here is another one\n", "a:Text / this is a long remark / and here is another one")]
    [InlineData("名,b\n日本,2\n", "名:Category b:Number / 日本,2")]
    public void Read_File_GivesItsTable(string file, string expected) => Assert.Equal(expected, Show(Read(file)));

    [Theory]
    [InlineData("", "csv_empty", null)]
    [InlineData("\n\r\n\n", "csv_empty", null)]
    [InlineData("\uFEFF", "csv_empty", null)]
    [InlineData("a,b\n", "csv_header_only", null)]
    [InlineData("a,b", "csv_header_only", null)]
    [InlineData("a,b\n1,2\n3\n", "csv_ragged_row", 3L)]
    [InlineData("a,b\n1,2,3\n", "csv_ragged_row", 2L)]
    [InlineData("a,b\r\n\"x\r\ny\",2\r\n3\r\n", "csv_ragged_row", 4L)]
    [InlineData("a,b\n\n\n1\n", "csv_ragged_row", 4L)]
    [InlineData("a,b\n1,\"2\n3,4\n", "csv_unterminated_quote", 2L)]
    [InlineData("a,b\n\"x\ny\",\"2\n3,4\n", "csv_unterminated_quote", 3L)]
    [InlineData("a,b\n\"1\"x,2\n", "csv_bad_quote", 2L)]
    [InlineData("a,b\n\"1\" ,2\n", "csv_bad_quote", 2L)]
    [InlineData("a,b,a\n1,2,3\n", "csv_duplicate_column", 1L)]
    [InlineData("a,column_1,\n1,2,3\n", null, null)]
    [InlineData(",column_1\n1,2\n", "csv_duplicate_column", 1L)]
    [InlineData("a\u0001,b\n1,2\n", "csv_column_name_invalid", 1L)]
    [InlineData("\"a\nb\",b\n1,2\n", "csv_column_name_invalid", 1L)]
    public void Read_BadFile_SaysWhatAndWhere(string file, string? code, long? line)
    {
        LearningException? error = Record.Exception(() => Read(file)) as LearningException;

        Assert.Equal(code, error?.Code);
        Assert.Equal(line, error?.Line);
    }

    [Fact]
    public void Read_RaggedRow_SaysExpectedAndFound()
    {
        LearningException error = Assert.Throws<LearningException>(() => Read("a,b\n1\n"));

        Assert.Equal("Line 2: expected 2 fields, found 1.", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, 1)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x61 }, 1)]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC3, 0x28, (byte)'\n' }, 2)]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'1', (byte)'\n', 0xE9 }, 3)]
    public void Read_BytesThatAreNotUtf8_AreRefused(byte[] file, long line)
    {
        LearningException error = Assert.Throws<LearningException>(() => CsvSource.Read(new MemoryStream(file)));

        Assert.Equal(("csv_not_utf8", line), (error.Code, error.Line!.Value));
    }

    public static TheoryData<string, ReadLimits, string> FilesPastALimit() => new()
    {
        { "a,b,c\n1,2,3\n", new ReadLimits { MaxColumns = 2 }, "csv_too_many_columns" },
        { "a\n1\n2\n3\n", new ReadLimits { MaxRows = 2 }, "csv_too_many_rows" },
        { "a,b\n1,2\n3,4\n", new ReadLimits { MaxCells = 3 }, "csv_too_many_cells" },
        { "a\n12345678901\n", new ReadLimits { MaxFieldBytes = 10 }, "csv_field_too_long" },
        { "a,b\n12345,67890\n", new ReadLimits { MaxLineBytes = 10 }, "csv_line_too_long" },
        { "a,b\n12345,67890\n", new ReadLimits { MaxTotalBytes = 10 }, "csv_too_large" },
        { "abcdef\n1\n", new ReadLimits { MaxNameLength = 5 }, "csv_column_name_invalid" },
        { "a\n1\n", new ReadLimits { MaxRows = 0 }, "read_limits_invalid" },
    };

    [Theory]
    [MemberData(nameof(FilesPastALimit))]
    public void Read_FilePastALimit_IsRefused(string file, ReadLimits limits, string code)
    {
        LearningException error = Assert.Throws<LearningException>(() => Read(file, new CsvOptions { Limits = limits }));

        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("a\n12345\n")]
    [InlineData("a\n12345")]
    [InlineData("a\n12345\r\n")]
    public void Read_FileAtTheLimits_IsRead(string file)
    {
        ReadLimits limits = new() { MaxColumns = 1, MaxRows = 1, MaxCells = 1, MaxFieldBytes = 5, MaxLineBytes = 5, MaxTotalBytes = file.Length, MaxNameLength = 1 };

        Assert.Equal("a:Number / 12345", Show(Read(file, new CsvOptions { Limits = limits })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("a,b\n1,\"")]
    public void Read_OneLineOfAGigabyte_FailsEarlyInLittleMemory(string beginning)
    {
        using EndlessStream stream = new(Encoding.UTF8.GetBytes(beginning), (byte)'x', 1L << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();

        LearningException error = Assert.Throws<LearningException>(() => CsvSource.Read(stream));

        Assert.Equal("csv_line_too_long", error.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * ReadLimits.DefaultMaxLineBytes);
        Assert.InRange(stream.Given, 1, 2 * ReadLimits.DefaultMaxLineBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Read_RecordsAcrossTheEdgesOfTheWindow_AreWhole(int width)
    {
        StringBuilder file = new("a,b\r\n");
        const int Count = 40_000;
        for (int row = 0; row < Count; row++)
        {
            file.Append('"').Append('q', width).Append("\"\"\r\n\",").Append(row).Append("\r\n");
        }

        Table table = Read(file.ToString());

        Assert.Equal(Count, table.RowCount);
        Assert.Equal(new string('q', width) + "\"\r\n", Assert.Single(((TextColumn)table["a"]).Dictionary));
        Assert.Equal(Enumerable.Range(0, Count).Select(row => (double)row), ((NumberColumn)table["b"]).Values.ToArray());
    }

    [Fact]
    public void Read_LongRecords_GrowTheWindow()
    {
        string field = new('x', 200_000);

        Table table = Read($"a,b\n{field},{field}y\n");

        Assert.Equal(field + "y", table["b"].TextAt(0));
    }

    [Theory]
    [InlineData("flag,n\ntrue,1\n", null, null)]
    [InlineData("n,flag\n1,true\nx,false\n", "not_a_number", "n")]
    [InlineData("n,flag\n1,1\n", "not_a_boolean", "flag")]
    [InlineData("n,flag\n1,\n", "value_missing", "flag")]
    [InlineData("n\n1\n", "column_missing", "flag")]
    [InlineData("n,flag,z\n1,true,2\n", "column_unknown", "z")]
    public void Read_WithASchema_HoldsTheFileToIt(string file, string? code, string? field)
    {
        LearningException? error = Record.Exception(() => Read(file, new CsvOptions { Schema = NumberAndFlag })) as LearningException;

        Assert.Equal((code, field), (error?.Code, error?.Field));
    }

    [Fact]
    public void Read_TextInANumberColumnOfASchema_NamesColumnRowAndLine()
    {
        LearningException error = Assert.Throws<LearningException>(() => Read("n,flag\n1,true\n\nseven,false\n", new CsvOptions { Schema = NumberAndFlag }));

        Assert.Equal(4, error.Line);
        Assert.Contains("row 2 has 'seven' in column 'n'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithASchema_HasItsColumnsInItsOrder() =>
        Assert.Equal("n:Number flag:Boolean / 1,true", Show(Read("flag,n\ntrue,1\n", new CsvOptions { Schema = NumberAndFlag })));

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void Read_DelimiterThatCannotBe_IsRefused(char delimiter) =>
        Assert.Equal("csv_delimiter_invalid", Assert.Throws<LearningException>(() => Read("a\n1\n", new CsvOptions { Delimiter = delimiter })).Code);

    [Fact]
    public void Read_GivenDelimiterHeaderAndMarkers_AreUsed()
    {
        CsvOptions options = new() { Delimiter = ':', Header = CsvHeader.Present, MissingMarkers = new(["-"]) };

        Assert.Equal("1:Number 2:Category / ·,NA", Show(Read("1:2\n-:NA\n", options)));
    }

    [Fact]
    public async Task ReadAsync_SameFile_GivesTheSameTable()
    {
        const string File = "a,b\n\"x\ny\",2\n,3\n";

        Table table = await CsvSource.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(File)), null, CancellationToken.None);

        Assert.Equal(Show(Read(File)), Show(table));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Stops() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CsvSource.ReadAsync(new MemoryStream([1, 2, 3]), null, new CancellationToken(canceled: true)));

    internal static Table Read(string file, CsvOptions? options = null) => CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), options);

    internal static string Show(Table table)
    {
        string columns = string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.Type}"));
        IEnumerable<string> rows = Enumerable.Range(0, table.RowCount)
            .Select(row => string.Join(',', table.Columns.Select(column => column.TextAt(row) ?? "·")));
        return string.Join(" / ", rows.Prepend(columns));
    }
}
