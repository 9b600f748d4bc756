using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Tests.Models.Streaming;

namespace Trainyard.Learning.Tests.Data;

public sealed class RowSamplingTests
{
    private static readonly byte[] File = StreamedFiles.Csv(3);

    [Theory]
    [InlineData(1, 9000)]
    [InlineData(3, 9000)]
    [InlineData(2, 200_000)]
    public void ReadSample_ByCount_IsTheTableOfThoseLines(int threads, int chunkBytes)
    {
        CsvOptions csv = new() { Delimiter = ',', ChunkBytes = chunkBytes, MaxDegreeOfParallelism = threads };

        Table sample = RowSource.Csv(() => new MemoryStream(File), csv).ReadSample(RowSampling.ByCount(200, 7));

        Assert.Equal(200, sample.RowCount);
        Assert.Equal(Text(LinesOf(sample)), Text(sample));
    }

    [Fact]
    public void ReadSample_ByFraction_TakesAboutThatShare()
    {
        RowSource source = RowSource.Csv(() => new MemoryStream(File));

        Table sample = source.ReadSample(RowSampling.ByFraction(0.2, 7));

        Assert.InRange(sample.RowCount, 520, 680);
        Assert.Equal(Text(LinesOf(sample)), Text(sample));
        Assert.NotEqual(Text(sample), Text(source.ReadSample(RowSampling.ByFraction(0.2, 8))));
    }

    [Fact]
    public void ReadSample_JsonLines_IsThatOfTheSameRows()
    {
        Table csv = RowSource.Csv(() => new MemoryStream(File)).ReadSample(RowSampling.ByCount(100, 1));
        Table json = RowSource.Ndjson(() => new MemoryStream(StreamedFiles.Gzip(StreamedFiles.Ndjson(3)))).ReadSample(RowSampling.ByCount(100, 1));

        Assert.Equal(Cells(csv, "row_id"), Cells(json, "row_id"));
        Assert.Equal(Cells(csv, "late"), Cells(json, "late"));
    }

    [Fact]
    public void ReadSample_MoreThanThereAre_IsTheTable()
    {
        Table table = CsvSource.Read(new MemoryStream(File));

        Assert.Equal(Text(table), Text(RowSource.Csv(() => new MemoryStream(File)).ReadSample(RowSampling.ByCount(StreamedFiles.Rows + 1, 3))));
    }

    [Fact]
    public void ReadSample_GivenSchema_KeepsItsTypesAndOrder()
    {
        TableSchema inferred = CsvSource.Read(new MemoryStream(File)).Schema;
        CsvOptions csv = new() { Schema = new([.. inferred.Columns.Reverse().Select(column => column with { Nullable = true })]) };

        Table sample = RowSource.Csv(() => new MemoryStream(File), csv).ReadSample(RowSampling.ByCount(50, 3));

        Assert.Equal(csv.Schema.Columns.Select(column => (column.Name, column.Type)), sample.Schema.Columns.Select(column => (column.Name, column.Type)));
    }

    [Fact]
    public void ReadSample_OfManySeeds_GivesEveryRowTheSameChance()
    {
        byte[] file = Encoding.ASCII.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row}\n")));
        int[] drawn = new int[40];
        for (ulong seed = 0; seed < 2000; seed++)
        {
            foreach (string? row in Cells(RowSource.Csv(() => new MemoryStream(file)).ReadSample(RowSampling.ByCount(10, seed)), "a"))
            {
                drawn[int.Parse(row!, CultureInfo.InvariantCulture)]++;
            }
        }

        // 500 each; the chi-square of 39 degrees of freedom exceeds 75 once in 2,000.
        Assert.InRange(drawn.Sum(count => (count - 500.0) * (count - 500) / 500), 0, 75);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ByFraction_OutOfRange_IsRefused(double fraction) =>
        Assert.Equal("sample_out_of_range", Assert.Throws<LearningException>(() => RowSampling.ByFraction(fraction, 1)).Code);

    [Fact]
    public void ByCount_OfNone_IsRefused() => Assert.Equal("sample_out_of_range", Assert.Throws<LearningException>(() => RowSampling.ByCount(0, 1)).Code);

    [Fact]
    public void ReadSample_BadLineThatIsNotDrawn_IsRefusedAllTheSame()
    {
        byte[] file = Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 500)) + "1\n" + string.Concat(Enumerable.Repeat("1,2\n", 500)));

        LearningException error = Assert.Throws<LearningException>(() => RowSource.Csv(() => new MemoryStream(file)).ReadSample(RowSampling.ByCount(1, 1)));

        Assert.Equal(("csv_ragged_row", 502L), (error.Code, error.Line!.Value));
    }

    /// <summary>The file of the sampled lines alone, read as any other.</summary>
    private static Table LinesOf(Table sample)
    {
        HashSet<string?> wanted = [.. Cells(sample, "code")];
        string[] lines = Encoding.UTF8.GetString(File).Split('\n');
        IEnumerable<string> kept = lines.Skip(1).Where(line => line.Length > 0 && wanted.Contains(line.Split(',')[7]));
        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines[0] + "\n" + string.Concat(kept.Select(line => line + "\n")))), new CsvOptions { Delimiter = ',' });
    }

    private static IEnumerable<string?> Cells(Table table, string column) => Enumerable.Range(0, table.RowCount).Select(table[column].TextAt);

    private static string Text(Table table) =>
        string.Join('\n', table.Columns.Select(column => $"{column.Name} {column.Type} {string.Join('|', Enumerable.Range(0, table.RowCount).Select(column.TextAt))}"));
}
