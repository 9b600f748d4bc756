using System.Text;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

public sealed class SuspectTests
{
    [Fact]
    public void Of_NumbersAndOneWord_NamesTheWordWithItsLine()
    {
        string file = "n,note\n" + string.Concat(Enumerable.Range(0, 120).Select(row => $"{row},\"two\nlines\"\n")) + "\nmany,x\n" + string.Concat(Enumerable.Range(0, 79).Select(row => $"{row},\n"));

        ColumnProfile column = TableProfile.Of(CsvSourceTests.Read(file)).Columns[0];

        Assert.Equal(ColumnType.Category, column.Type);
        Assert.Equal((ColumnType.Number, 199, 1), (column.Suspects!.Type, column.Suspects.Fitting, column.Suspects.Others));
        Assert.Equal([new SuspectValue("many", 1, 121, 243)], column.Suspects.Examples);
        Assert.Equal("many,x", file.Split('\n')[242]);
    }

    [Theory]
    [InlineData("2024-01-01", "soon", ColumnType.Date)]
    [InlineData("true", "perhaps", ColumnType.Boolean)]
    [InlineData("1.5", "1,5", ColumnType.Number)]
    public void Of_OneOddValueInTwenty_IsASuspect(string usual, string odd, ColumnType type)
    {
        TextColumn column = new("a", ColumnType.Category, [.. Enumerable.Repeat(usual, 19), null, odd]);

        ColumnSuspects suspects = TableProfile.Of(new Table([column])).Columns[0].Suspects!;

        Assert.Equal((type, 19, 1), (suspects.Type, suspects.Fitting, suspects.Others));
        Assert.Equal([new SuspectValue(odd, 1, 21, null)], suspects.Examples);
    }

    [Theory]
    [InlineData(9, 1, true)]
    [InlineData(8, 2, false)]
    [InlineData(0, 5, false)]
    [InlineData(5, 0, false)]
    public void Of_Values_AreSuspectUpToOneInTen(int numbers, int words, bool suspect)
    {
        TextColumn column = new("a", ColumnType.Category, [.. Enumerable.Range(0, numbers).Select(number => $"{number}"), .. Enumerable.Range(0, words).Select(word => $"w{word}")]);

        Assert.Equal(suspect, TableProfile.Of(new Table([column])).Columns[0].Suspects is not null);
    }

    [Fact]
    public void Of_ManyDifferentOddValues_ListsTheFirstFewShortened()
    {
        string[] values = [.. Enumerable.Repeat("1", 200), .. Enumerable.Range(0, 10).Select(word => new string((char)('a' + word), 300))];

        IReadOnlyList<SuspectValue> examples = TableProfile.Of(new Table([new TextColumn("a", ColumnType.Text, values)])).Columns[0].Suspects!.Examples;

        Assert.Equal([201, 202, 203, 204, 205], examples.Select(example => example.Row));
        Assert.All(examples, example => Assert.Equal(TableProfile.MaxValueLength, example.Value.Length));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(50)]
    [InlineData(1 << 20)]
    public void Read_RowsOfAnyHeight_KnowTheirLines(int chunkBytes)
    {
        const string File = "a,b\n1,\"x\ny\"\n\n2,z\n3,\"\n\n\"\r\n4,\r\n";

        Table table = CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(File)), new CsvOptions { Delimiter = ',', ChunkBytes = chunkBytes });

        Assert.Equal([2L, 5L, 6L, 9L], Enumerable.Range(0, 4).Select(table.Lines!.LineOf));
    }

    [Fact]
    public void Read_Ndjson_KnowsItsLines()
    {
        Table table = NdjsonSource.Read(new MemoryStream("{\"a\":1}\n\n{\"a\":2}\n"u8.ToArray()));

        Assert.Equal([1L, 3L], Enumerable.Range(0, 2).Select(table.Lines!.LineOf));
    }
}
