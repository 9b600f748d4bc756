using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Processes;

namespace Trainyard.Benchmarks.Boosting;

/// <summary>Trains 100 boosted trees of depth 6 beside XGBoost's, each in processes of their own, turn by turn; prints medians and ratios.</summary>
internal static class BoostingBenchmark
{
    private const int DefaultRows = 100_000;
    private const int DefaultRounds = 5;
    private const int Threads = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["worker", string file, string threads])
        {
            return BoostingWorker.Run(file, int.Parse(threads, CultureInfo.InvariantCulture));
        }

        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRows;
        int rounds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : DefaultRounds;
        string path = Path.Combine(Path.GetTempPath(), $"trainyard-boosting-{Environment.ProcessId}.bin");
        try
        {
            BoostingRows.Write(path, rows);
            await CompareAsync(path, rows, rounds);
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Both sides on one file of rows.</summary>
    public static Task<Turns<BoostingRun>> MeasureAsync(string path, int turns) =>
        Turns<BoostingRun>.RunAsync(turns, ["boosting", "worker", path, $"{Threads}"], "xgboost_hist.py", [path, $"{BoostingRows.Features}", $"{Threads}"]);

    private static async Task CompareAsync(string path, int rows, int rounds)
    {
        Turns<BoostingRun> turns = await MeasureAsync(path, rounds);
        Table table = new Table().Title($"{rows:N0} x {BoostingRows.Features}, {Threads} threads, median of {rounds}").AddColumns("what", "ours", "xgboost", "ratio");
        Add(table, "first fit of a process, s", turns.Medians(run => run.FirstFitSeconds));
        Add(table, "fit once compiled, s", turns.Medians(run => run.FitSeconds));
        Add(table, "peak memory after fit, MiB", turns.Medians(run => run.FitPeakMebibytes));
        Add(table, "first predict of all rows, s", turns.Medians(run => run.FirstPredictSeconds));
        Add(table, "predict all rows once compiled, s", turns.Medians(run => run.PredictSeconds));
        Add(table, "predict one row, µs", turns.Medians(run => run.SingleMicroseconds));
        Add(table, "AUC", turns.Medians(run => run.Auc));
        AnsiConsole.Write(table);
    }

    private static void Add(Table table, string name, (double Ours, double Peer) medians) =>
        table.AddRow(name, $"{medians.Ours:G5}", $"{medians.Peer:G5}", $"{medians.Ours / medians.Peer:F3}");
}
