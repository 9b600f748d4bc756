using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.Explanations;
using DataTable = Trainyard.Learning.Data.Table;

namespace Trainyard.Benchmarks.Explain;

/// <summary>Explains rows by 100 boosted trees of depth 6 beside XGBoost's pred_contribs, turn by turn; prints medians and ratios.</summary>
internal static class ExplainBenchmark
{
    private const int Rows = 20_000;
    private const int ExplainedRows = 4000;
    private const int DefaultRounds = 5;
    private const int Threads = 2;

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
        DataTable table = FittedTrees.TableOf(BoostingRows.Read(path, 0, Rows));
        DataTable rows = table.SelectRows([.. Enumerable.Range(0, ExplainedRows)]);
        ContributionExplainer explainer = ContributionExplainer.Of(FittedTrees.Fit(table));
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

        (double our, double peer) = (Median.Of(ours), Median.Of(peers));
        Spectre.Console.Table printed = new Spectre.Console.Table()
            .Title($"Shapley values, 100 trees of depth 6, {BoostingRows.Features} features, {Threads} threads, median of {rounds}")
            .AddColumns("what", "ours", "xgboost", "times")
            .AddRow("rows per second", $"{our:N0}", $"{peer:N0}", $"{our / peer:F2}");
        AnsiConsole.Write(printed);
    }

    private static Task<double> PeerAsync(string path) =>
        PeerProcess.RunScriptAsync<double>("xgboost_contribs.py", path, $"{BoostingRows.Features}", $"{Threads}", $"{ExplainedRows}");
}
