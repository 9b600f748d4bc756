using System.Diagnostics;
using Spectre.Console;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;

namespace Trainyard.Benchmarks.Learning;

/// <summary>Fits every learner on sample files and predicts one row at a time; prints seconds and microseconds.</summary>
internal static class LearningBenchmark
{
    private const int Rounds = 3;
    private const int Predictions = 100_000;

    private static readonly string[] Files = ["breast-cancer", "digits", "diabetes"];

    public static Task<int> RunAsync(string[] arguments)
    {
        string folder = arguments.FirstOrDefault() ?? "samples";
        Spectre.Console.Table table = new();
        table.AddColumns("data", "learner", $"fit s (best of {Rounds})", "predict µs p50", "p99", "bytes per predict");
        foreach (string file in Files)
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, file + ".csv"));
            Trainyard.Learning.Data.Table rows = CsvSource.Read(stream);
            TargetEncoding target = TargetEncoding.Infer(rows);
            foreach (ILearner learner in LearnerCatalog.For(target.Task))
            {
                (TabularModel model, double seconds) = Fit(new TabularFit(rows, target, learner));
                (double median, double slow, double bytes) = Predict(model);
                table.AddRow(file, learner.Name, $"{seconds:F3}", $"{median:F1}", $"{slow:F1}", $"{bytes:F0}");
            }
        }

        AnsiConsole.Write(table);
        return Task.FromResult(0);
    }

    private static (TabularModel Model, double Seconds) Fit(TabularFit fit)
    {
        TabularModel model = TabularTrainer.Fit(fit, CancellationToken.None);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            model = TabularTrainer.Fit(fit, CancellationToken.None);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (model, best);
    }

    private static (double Median, double Slow, double Bytes) Predict(TabularModel model)
    {
        Cell[] row = [.. model.Inputs.Columns.Select((_, index) => Cell.FromNumber(index))];
        double[] output = new double[model.OutputCount];
        double[] scratch = new double[model.ScratchLength];
        double[] micros = new double[Predictions];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < micros.Length; call++)
        {
            long start = Stopwatch.GetTimestamp();
            model.Predict(row, output, scratch);
            micros[call] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Predictions;
        Array.Sort(micros);
        return (micros[Predictions / 2], micros[(int)(Predictions * 0.99)], bytes);
    }
}
