using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
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

    private static int Read(string path, int threads)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using FileStream file = File.OpenRead(path);
        Trainyard.Learning.Data.Table table = CsvSource.Read(file, new CsvOptions { MaxDegreeOfParallelism = threads });
        double seconds = watch.Elapsed.TotalSeconds;
        double sum = 0;
        foreach (NumberColumn column in table.Columns.Cast<NumberColumn>())
        {
            foreach (double value in column.Values)
            {
                sum += value;
            }
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new CsvRun(seconds, self.PeakWorkingSet64 / 1024.0 / 1024.0, sum)));
        return 0;
    }

    private static async Task CompareAsync(string path, int rows, int rounds, string format)
    {
        List<CsvRun> one = [];
        List<CsvRun> two = [];
        List<CsvRun> peers = [];
        for (int round = 0; round < rounds; round++)
        {
            one.Add(await RunAsync(Environment.ProcessPath!, ["csv", "wide", "worker", path, "1"]));
            two.Add(await RunAsync(Environment.ProcessPath!, ["csv", "wide", "worker", path, "2"]));
            peers.Add(await RunAsync("/usr/bin/python3", [Path.Combine("benchmarks", "peers", "pandas_csv.py"), path]));
        }

        Spectre.Console.Table table = new Spectre.Console.Table()
            .Title($"{rows:N0} x {Numbers + 1} as {format}, {new FileInfo(path).Length / 1e6:F0} MB, median of {rounds}")
            .AddColumns("what", "1 thread", "2 threads", "pandas", "ratio of 2 threads");
        Add(table, "seconds", run => run.Seconds);
        Add(table, "peak memory, MiB", run => run.PeakMebibytes);
        Add(table, "sum of all values", run => run.Sum);
        AnsiConsole.Write(table);

        void Add(Spectre.Console.Table to, string name, Func<CsvRun, double> value)
        {
            double[] medians = [.. new[] { one, two, peers }.Select(runs => Median(runs.Select(value)))];
            to.AddRow(name, $"{medians[0]:G5}", $"{medians[1]:G5}", $"{medians[2]:G5}", $"{medians[1] / medians[2]:F3}");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static async Task<CsvRun> RunAsync(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<CsvRun>(output.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
