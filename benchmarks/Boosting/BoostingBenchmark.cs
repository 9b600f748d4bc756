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

    private static async Task CompareAsync(string path, int rows, int rounds)
    {
        List<BoostingRun> ours = [];
        List<BoostingRun> peers = [];
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await PeerProcess.RunAsync<BoostingRun>(Environment.ProcessPath!, ["boosting", "worker", path, $"{Threads}"]));
            peers.Add(await PeerProcess.RunAsync<BoostingRun>("/usr/bin/python3", [Path.Combine("benchmarks", "peers", "xgboost_hist.py"), path, $"{BoostingRows.Features}", $"{Threads}"]));
        }

        Table table = new Table().Title($"{rows:N0} x {BoostingRows.Features}, {Threads} threads, median of {rounds}").AddColumns("what", "ours", "xgboost", "ratio");
        Add(table, "fit, s", run => run.FitSeconds, ours, peers);
        Add(table, "peak memory after fit, MiB", run => run.FitPeakMebibytes, ours, peers);
        Add(table, "predict all rows, s", run => run.PredictSeconds, ours, peers);
        Add(table, "predict one row, µs", run => run.SingleMicroseconds, ours, peers);
        Add(table, "peak memory, MiB", run => run.PeakMebibytes, ours, peers);
        Add(table, "AUC", run => run.Auc, ours, peers);
        AnsiConsole.Write(table);
    }

    private static void Add(Table table, string name, Func<BoostingRun, double> value, List<BoostingRun> ours, List<BoostingRun> peers)
    {
        double our = PeerProcess.Median(ours.Select(value));
        double peer = PeerProcess.Median(peers.Select(value));
        table.AddRow(name, $"{our:G5}", $"{peer:G5}", $"{our / peer:F3}");
    }
}
