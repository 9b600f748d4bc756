using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Models;
using DataTable = Trainyard.Learning.Data.Table;

namespace Trainyard.Benchmarks.Explain;

/// <summary>Explains rows by 100 boosted trees of depth 6 beside XGBoost's pred_contribs, turn by turn; prints medians and ratios.</summary>
internal static class ExplainBenchmark
{
    private const int Rows = 20_000;
    private const int ExplainedRows = 4000;
    private const int DefaultRounds = 5;
    private const int Threads = 2;

    private static readonly LearnerSettings Settings = new(
    [
        new("iterations", 100), new("max_depth", 6), new("max_leaves", 64), new("learning_rate", 0.1),
        new("min_rows_per_leaf", 1), new("min_child_weight", 1), new("l2", 1),
    ]);

    public static async Task<int> RunAsync(string[] arguments)
    {
        int rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRounds;
        string path = Path.Combine(Path.GetTempPath(), $"trainyard-explain-{Environment.ProcessId}.bin");
        try
        {
            BoostingRows.Write(path, Rows);
            await CompareAsync(path, rounds);
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task CompareAsync(string path, int rounds)
    {
        (TabularModel model, DataTable rows) = Fit(path);
        ContributionExplainer explainer = ContributionExplainer.Of(model);
        explainer.Explain(rows, Threads);
        List<double> ours = [];
        List<double> peers = [];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            explainer.Explain(rows, Threads);
            ours.Add(ExplainedRows / Stopwatch.GetElapsedTime(start).TotalSeconds);
            peers.Add(await PeerAsync(path));
        }

        (double our, double peer) = (Median(ours), Median(peers));
        Spectre.Console.Table table = new Spectre.Console.Table()
            .Title($"Shapley values, 100 trees of depth 6, {BoostingRows.Features} features, {Threads} threads, median of {rounds}")
            .AddColumns("what", "ours", "xgboost", "times")
            .AddRow("rows per second", $"{our:N0}", $"{peer:N0}", $"{our / peer:F2}");
        AnsiConsole.Write(table);
    }

    private static (TabularModel Model, DataTable Rows) Fit(string path)
    {
        TrainingSet set = BoostingRows.Read(path, 0, Rows);
        List<Column> columns = [.. set.Features.Features.Select((feature, index) => new NumberColumn(feature.Name, set.Features.Column(index).ToArray()))];
        DataTable table = new([.. columns, new NumberColumn("label", set.Labels)]);
        TabularFit fit = new(table, TargetEncoding.Infer(table, "label"), new GradientBoostingLearner()) { Settings = Settings, Options = new FitOptions(1) };
        return (TabularTrainer.Fit(fit, default), table.SelectRows([.. Enumerable.Range(0, ExplainedRows)]));
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static async Task<double> PeerAsync(string path)
    {
        string[] arguments = [Path.Combine("benchmarks", "peers", "xgboost_contribs.py"), path, $"{BoostingRows.Features}", $"{Threads}", $"{ExplainedRows}"];
        ProcessStartInfo start = new("/usr/bin/python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"python3 ended with {process.ExitCode}.");
    }
}
