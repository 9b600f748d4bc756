using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Processes;

namespace Trainyard.Benchmarks.Batches;

/// <summary>A batch job end to end, from the request to the finished file of results, beside a pandas and XGBoost script with the same model.</summary>
internal static class BatchBenchmark
{
    private const int DefaultRows = 1_000_000;
    private const int TurnCount = 3;
    private const string Script = "xgboost_batch.py";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["run", string folder, string results])
        {
            return await BatchHost.RunAsync(folder, results);
        }

        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRows;
        using TemporaryFolder work = new();
        string csv = Path.Combine(work.Path, "rows.csv");
        string model = Path.Combine(work.Path, "model.json");
        string data = Path.Combine(work.Path, "data");
        string ours = Path.Combine(work.Path, "ours.csv");
        string peers = Path.Combine(work.Path, "peers.csv");
        BatchRows.Write(csv, rows);
        await PeerProcess.RunScriptAsync<BatchRun>(Script, "train", csv, model);
        await BatchHost.PrepareAsync(data, csv, model);

        Turns<BatchRun> turns = await Turns<BatchRun>.RunAsync(TurnCount, ["batch", "run", data, ours], Script, ["score", csv, model, peers]);
        (double own, double peer) = turns.Medians(run => run.Seconds);
        (double ownMemory, double peerMemory) = turns.Medians(run => run.PeakMebibytes);
        Table table = new Table().AddColumns("what", "ours", "pandas + XGBoost", "ratio", "target");
        table.AddRow("seconds", Text(own), Text(peer), Text(own / peer), "");
        table.AddRow("rows/s", Text(rows / own), Text(rows / peer), Text(peer / own), "at least 0.8");
        table.AddRow("peak memory, MiB", Text(ownMemory), Text(peerMemory), Text(ownMemory / peerMemory), "below 300 MB");
        table.AddRow("greatest difference of a probability", Difference(ours, peers), "", "", "");
        AnsiConsole.Write(table);
        return 0;
    }

    // Both name rows by the same id, in the same order.
    private static string Difference(string ours, string peers)
    {
        double greatest = 0;
        int rows = 0;
        foreach ((string own, string peer) in File.ReadLines(ours).Zip(File.ReadLines(peers)).Skip(1))
        {
            string[] left = own.Split(',');
            string[] right = peer.Split(',');
            if (left[1] != right[0])
            {
                throw new InvalidOperationException($"Row {rows + 1} is {left[1]} here and {right[0]} there.");
            }

            greatest = Math.Max(greatest, Math.Abs(double.Parse(left[4], CultureInfo.InvariantCulture) - double.Parse(right[3], CultureInfo.InvariantCulture)));
            rows++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{greatest:G2} over {rows} rows");
    }

    private static string Text(double value) => value.ToString(value < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);
}
