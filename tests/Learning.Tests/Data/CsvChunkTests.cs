using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;
using Xunit.Abstractions;

namespace Trainyard.Learning.Tests.Data;

/// <summary>Where a file is cut and how many threads read it changes nothing: neither a table nor an error.</summary>
public sealed class CsvChunkTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261121;
    private const int WholeFile = 1 << 20;

    private static readonly string[] Pieces =
        ["\"", "\"\"", "\"x\"", "\"a,b\"", "\"1\n2\"", ",", ",", ",", "\n", "\n", "\r", "\r\n", "a", "1", "1.5", "-0", "true", "NA", "2024-01-01", " ", "é", "\uFEFF", "\0"];

    private static readonly string[][] Values =
    [
        ["1", "-2.5", "1e300", "", "007", "0.1"],
        ["true", "FALSE", "NA", "true", "false", ""],
        ["2024-02-29", "2020-01-01T10:00:00Z", "", "1999-12-31", "2001-01-01", "?"],
        ["red", "\"dark, red\"", "\"say \"\"hi\"\"\"", "\"two\r\nlines\"", "grün", ""],
        ["\"this is a long remark\"", "and here is another one", "no two of them alike", "\"a \"\"quoted\"\" word\nin it\"", "\"\"", "of course"],
    ];

    [Fact]
    public void Read_RandomPiecesOfSyntax_SameAtAnyChunkSize()
    {
        DeterministicRandom random = new(Seed);
        int tables = 0;
        for (int round = 0; round < 4000; round++)
        {
            StringBuilder text = new(random.NextInt(2) == 0 ? "h,i\n" : "");
            int pieces = random.NextInt(40);
            for (int piece = 0; piece < pieces; piece++)
            {
                text.Append(Pieces[random.NextInt(Pieces.Length)]);
            }

            tables += AssertSame(Encoding.UTF8.GetBytes(text.ToString()), Options(random), random, round) ? 1 : 0;
        }

        output.WriteLine($"seed {Seed}: {tables} of 4000 files were tables");
        Assert.InRange(tables, 100, 3900);
    }

    [Fact]
    public void Read_RowsOfEveryType_SameAtAnyChunkSize()
    {
        DeterministicRandom random = new(Seed);
        int tables = 0;
        for (int round = 0; round < 600; round++)
        {
            // A value of another kind turns up late, so that what the first rows seemed to be is mistaken; or a bad row does.
            string[][] columns = [.. Enumerable.Range(0, 1 + random.NextInt(5)).Select(_ => Values[random.NextInt(Values.Length)])];
            StringBuilder text = new(string.Join(',', columns.Select((_, index) => $"c{index}")) + "\n");
            int rows = 1 + random.NextInt(60);
            for (int row = 0; row < rows; row++)
            {
                text.AppendJoin(',', columns.Select(values => (random.NextInt(150) == 0 ? Values[random.NextInt(Values.Length)] : values)[random.NextInt(values.Length)]));
                text.Append(random.NextInt(200) == 0 ? "," : "").Append(random.NextInt(3) == 0 ? "\r\n" : "\n").Append(random.NextInt(20) == 0 ? "\n" : "");
            }

            byte[] file = Encoding.UTF8.GetBytes(text.ToString());
            if (random.NextInt(12) == 0)
            {
                file[random.NextInt(file.Length)] = 0xFF;
            }

            tables += AssertSame(file, new CsvOptions { Delimiter = ',' }, random, round) ? 1 : 0;
        }

        output.WriteLine($"seed {Seed}: {tables} of 600 files were tables");
        Assert.InRange(tables, 200, 580);
    }

    [Fact]
    public void Read_WithASchema_SaysTheSameRowAndLineAtAnyChunkSize()
    {
        TableSchema schema = new([new("n", ColumnType.Number), new("flag", ColumnType.Boolean, Nullable: false)]);
        string good = string.Concat(Enumerable.Repeat("1,true\n\n", 50));
        foreach (string bad in (string[])["x,true\n", "1,\n", "1,maybe\n", "1\n", "\"1\"x,true\n", "1,\"true\n"])
        {
            byte[] file = Encoding.UTF8.GetBytes($"n,flag\n{good}{bad}{good}");

            Assert.False(AssertSame(file, new CsvOptions { Delimiter = ',', Schema = schema }, new DeterministicRandom(Seed), 0));
        }
    }

    [Fact]
    public async Task ReadAsync_CancelledOnTheWay_Stops()
    {
        using CancellationTokenSource source = new();
        using EndlessStream rows = new("a\n"u8.ToArray(), (byte)'\n', long.MaxValue);
        using CancellingStream stream = new(rows, 5 * CsvChunks.DefaultBytes, source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CsvSource.ReadAsync(stream, null, source.Token));

        Assert.InRange(rows.Given, 5 * CsvChunks.DefaultBytes, 8 * CsvChunks.DefaultBytes);
    }

    private static CsvOptions Options(DeterministicRandom random) => new()
    {
        Delimiter = ',',
        Limits = random.NextInt(3) > 0 ? ReadLimits.Default : new ReadLimits
        {
            MaxColumns = 1 + random.NextInt(4),
            MaxRows = 1 + random.NextInt(8),
            MaxCells = 1 + random.NextInt(20),
            MaxFieldBytes = 1 + random.NextInt(12),
            MaxLineBytes = 1 + random.NextInt(30),
            MaxTotalBytes = 1 + random.NextInt(200),
        },
    };

    /// <returns>Whether it was a table.</returns>
    private static bool AssertSame(byte[] file, CsvOptions options, DeterministicRandom random, int round)
    {
        (bool isTable, string expected) = Outcome(file, options with { ChunkBytes = WholeFile, MaxDegreeOfParallelism = 1 });
        for (int trial = 0; trial < 4; trial++)
        {
            CsvOptions cut = options with { ChunkBytes = 4 + random.NextInt(1 << (2 + (2 * trial))), MaxDegreeOfParallelism = 1 + random.NextInt(3) };

            (_, string actual) = Outcome(file, cut);

            Assert.True(expected == actual, $"round {round}, {cut.MaxDegreeOfParallelism} threads, chunks of {cut.ChunkBytes}: {Encoding.UTF8.GetString(file)}\n{expected}\n{actual}");
        }

        return isTable;
    }

    private static (bool IsTable, string Text) Outcome(byte[] file, CsvOptions options)
    {
        try
        {
            return (true, CsvSourceTests.Show(CsvSource.Read(new MemoryStream(file), options)));
        }
        catch (LearningException error)
        {
            return (false, $"{error.Code} {error.Line} {error.Field} {error.Message}");
        }
    }
}
