using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Csv;

/// <summary>Reads a file of a label and 28 numbers beside pandas, each in a process of its own, turn by turn; prints medians and ratios.</summary>
internal static class WideCsvBenchmark
{
    public const int DefaultRows = 1_000_000;
    private const int DefaultRounds = 5;
    public const int Numbers = 28;
    private const ulong Seed = 7;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["worker", string file, string threads])
        {
            return Read(file, int.Parse(threads, CultureInfo.InvariantCulture));
        }

        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRows;
        int rounds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : DefaultRounds;
        foreach (string format in (string[])["F6", "R"])
        {
            string path = Path.Combine(Path.GetTempPath(), $"trainyard-csv-{Environment.ProcessId}.csv");
            try
            {
                Write(path, rows, format);
                await CompareAsync(path, rows, rounds, format);
            }
            finally
            {
                File.Delete(path);
            }
        }

        return 0;
    }

    public static void Write(string path, int rows, string format)
    {
        DeterministicRandom random = new(Seed);
        using StreamWriter file = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        file.Write("label");
        for (int column = 0; column < Numbers; column++)
        {
            file.Write($",x{column}");
        }

        Span<char> text = stackalloc char[32];
        for (int row = 0; row < rows; row++)
        {
            file.Write('\n');
            file.Write((char)('0' + random.NextInt(2)));
            for (int column = 0; column < Numbers; column++)
            {
                file.Write(',');
                random.NextGaussian().TryFormat(text, out int written, format, CultureInfo.InvariantCulture);
                file.Write(text[..written]);
            }
        }

        file.Write('\n');
    }

    /// <summary>Both sides on one file.</summary>
    public static Task<Turns<CsvRun>> MeasureAsync(string path, int turns) =>
        Turns<CsvRun>.RunAsync(turns, ["csv", "wide", "worker", path, "2"], "pandas_csv.py", [path]);

    private static int Read(string path, int threads)
    {
        Trainyard.Learning.Data.Table? read = null;
        void ReadAll()
        {
            using FileStream file = File.OpenRead(path);
            read = CsvSource.Read(file, new CsvOptions { MaxDegreeOfParallelism = threads });
        }

        double first = Stages.Time(ReadAll);
        double peak = PeakMemory.Mebibytes();
        double seconds = Stages.TimeCompiled(ReadAll, first);
        double sum = 0;
        foreach (NumberColumn column in read!.Columns.Cast<NumberColumn>())
        {
            foreach (double value in column.Values)
            {
                sum += value;
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(new CsvRun(first, seconds, peak, sum)));
        return 0;
    }

    private static async Task CompareAsync(string path, int rows, int rounds, string format)
    {
        Turns<CsvRun> turns = await MeasureAsync(path, rounds);
        List<CsvRun> alone = [];
        for (int round = 0; round < rounds; round++)
        {
            alone.Add(await PeerProcess.RunSelfAsync<CsvRun>("csv", "wide", "worker", path, "1"));
        }

        Spectre.Console.Table table = new Spectre.Console.Table()
            .Title($"{rows:N0} x {Numbers + 1} as {format}, {new FileInfo(path).Length / 1e6:F0} MB, median of {rounds}")
            .AddColumns("what", "1 thread", "2 threads", "pandas", "ratio of 2 threads");
        Add("first read of a process, s", run => run.FirstSeconds);
        Add("once compiled, s", run => run.Seconds);
        Add("peak memory, MiB", run => run.PeakMebibytes);
        Add("sum of all values", run => run.Sum);
        AnsiConsole.Write(table);

        void Add(string name, Func<CsvRun, double> value)
        {
            (double ours, double peer) = turns.Medians(value);
            table.AddRow(name, $"{Median.Of(alone.Select(value)):G5}", $"{ours:G5}", $"{peer:G5}", $"{ours / peer:F3}");
        }
    }
}
