using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using Spectre.Console;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Csv;

/// <summary>
/// Reads one file of numbers, categories and dates in several ways, each to columns of typed values, and prints MB/s; <c>csv wide</c>
/// compares with pandas, <c>csv train</c> trains from a file.
/// </summary>
internal static class CsvBenchmark
{
    private const int Rows = 300_000;
    private const int NumberColumns = 8;
    private const int Rounds = 5;
    private const ulong Seed = 7;

    private static readonly string[] Words = ["red", "green", "blue", "dark orange", "violet"];

    public static Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["wide", .. string[] rest])
        {
            return WideCsvBenchmark.RunAsync(rest);
        }

        if (arguments is ["train", "worker", string path])
        {
            return Task.FromResult(CsvTrainingBenchmark.Train(path));
        }

        if (arguments is ["train", .. string[] size])
        {
            return CsvTrainingBenchmark.RunAsync(size);
        }

        byte[] file = MakeFile();
        (string Name, Action<Stream> Read)[] ways =
        [
            ("StreamReader.ReadLine and Split, text only", ReadLines),
            ("StreamReader.ReadLine and Split, typed", ReadAndParseLines),
            ("CsvHelper, text only", ReadWithCsvHelper),
            ("CsvSource, types inferred", stream => CsvSource.Read(stream)),
            ("CsvSource, types given", stream => CsvSource.Read(stream, new CsvOptions { Schema = Schema })),
        ];
        Spectre.Console.Table table = new();
        table.AddColumns("way", "MB/s (best of " + Rounds + ")", "allocated MB");
        foreach ((string name, Action<Stream> read) in ways)
        {
            (double seconds, double allocated) = Measure(() => read(new MemoryStream(file)));
            table.AddRow(name, $"{file.Length / 1e6 / seconds:F0}", $"{allocated / 1e6:F0}");
        }

        AnsiConsole.MarkupLineInterpolated($"{Rows} rows, {NumberColumns + 2} columns, {file.Length / 1e6:F1} MB");
        AnsiConsole.Write(table);
        return Task.FromResult(0);
    }

    private static TableSchema Schema => new(
    [
        .. Enumerable.Range(0, NumberColumns).Select(column => new ColumnSchema($"n{column}", ColumnType.Number)),
        new ColumnSchema("colour", ColumnType.Category),
        new ColumnSchema("day", ColumnType.Date),
    ]);

    private static byte[] MakeFile()
    {
        DeterministicRandom random = new(Seed);
        StringBuilder text = new(string.Join(',', Schema.Columns.Select(column => column.Name)) + "\n");
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < NumberColumns; column++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{random.NextGaussian() * 100:F4},");
            }

            text.Append(Words[random.NextInt(Words.Length)]).Append(CultureInfo.InvariantCulture, $",20{random.NextInt(25):D2}-0{1 + random.NextInt(9)}-1{random.NextInt(10)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (double Seconds, double Allocated) Measure(Action read)
    {
        read();
        double best = double.MaxValue;
        long before = GC.GetTotalAllocatedBytes();
        for (int round = 0; round < Rounds; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            read();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return (best, (GC.GetTotalAllocatedBytes() - before) / (double)Rounds);
    }

    private static void ReadLines(Stream stream)
    {
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            _ = line.Split(',');
        }
    }

    private static void ReadAndParseLines(Stream stream)
    {
        using StreamReader reader = new(stream);
        List<double>[] numbers = [.. Enumerable.Range(0, NumberColumns).Select(_ => new List<double>())];
        List<string> colours = [];
        List<DateTime> days = [];
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            for (int column = 0; column < NumberColumns; column++)
            {
                numbers[column].Add(double.Parse(fields[column], CultureInfo.InvariantCulture));
            }

            colours.Add(fields[^2]);
            days.Add(DateTime.ParseExact(fields[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    private static void ReadWithCsvHelper(Stream stream)
    {
        using StreamReader text = new(stream);
        using CsvParser parser = new(text, CultureInfo.InvariantCulture);
        while (parser.Read())
        {
            for (int column = 0; column < parser.Count; column++)
            {
                _ = parser[column];
            }
        }
    }
}
