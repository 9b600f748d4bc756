using System.Diagnostics;
using System.Globalization;
using Trainyard.Learning;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;
using Trainyard.Learning.Models.Streaming;

namespace Trainyard.Benchmarks.Csv;

/// <summary>Trains 100 boosted trees from a CSV file that is read twice and prints the peak memory of the process beside a byte per cell.</summary>
internal static class CsvTrainingBenchmark
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly LearnerSettings Settings = new([new("iterations", 100), new("max_depth", 6), new("learning_rate", 0.1)]);

    public static async Task<int> RunAsync(string[] arguments)
    {
        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : WideCsvBenchmark.DefaultRows;
        string path = Path.Combine(Path.GetTempPath(), $"trainyard-csv-{Environment.ProcessId}.csv");
        try
        {
            WideCsvBenchmark.Write(path, rows, "F6");
            using Process worker = Process.Start(Environment.ProcessPath!, ["csv", "train", "worker", path])!;
            await worker.WaitForExitAsync();
            double cells = rows * (WideCsvBenchmark.Numbers + 1.0) / Mebibyte;
            Console.WriteLine($"{rows:N0} x {WideCsvBenchmark.Numbers + 1}, {new FileInfo(path).Length / 1e6:F0} MB; a byte per cell is {cells:F0} MiB");
            return worker.ExitCode;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static int Train(string path)
    {
        Stopwatch watch = Stopwatch.StartNew();
        StreamedFit fit = new(RowSource.Csv(() => File.OpenRead(path)), "label") { Task = LearningTask.Classification, Settings = Settings, Options = new FitOptions(1) };
        TabularModel model = StreamedTrainer.Fit(fit);
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s, peak memory {self.PeakWorkingSet64 / Mebibyte:F0} MiB, {model.OutputCount} outputs");
        return 0;
    }
}
