using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectre.Console;
using Trainyard.Benchmarks.Http;

namespace Trainyard.Benchmarks.Predict;

/// <summary>One-row predictions of a 100-tree model over HTTP: latency in open loop, and requests/s beside a peer.</summary>
internal static class PredictBenchmark
{
    internal const string Target = "diagnosis";
    private const int Rounds = 5;
    private const int OpenLoopRate = 1_000;
    private static readonly TimeSpan OpenLoopTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(5);
    private static readonly string[] Learners = ["gradient_boosting", "random_forest"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["serve", string csv, string served])
        {
            return await ServedModelHost.RunAsync(csv, Target, served);
        }

        Table table = new Table().AddColumns(["what", .. Learners, "target"]);
        List<string[]> columns = [];
        foreach (string learner in Learners)
        {
            columns.Add(await MeasureAsync(Path.Combine("samples", "breast-cancer.csv"), learner));
        }

        string[] rows = [$"open loop, {OpenLoopRate} requests/s: p50", "  p99", "  slowest", "closed loop", "peer, closed loop", "ratio"];
        string[] wanted = ["", "at most 5 ms", "", "", "", "at least 10"];
        for (int row = 0; row < rows.Length; row++)
        {
            table.AddRow([rows[row], .. columns.Select(column => column[row]), wanted[row]]);
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<string[]> MeasureAsync(string csv, string learner)
    {
        byte[] body = FirstRow(csv);
        List<double> ours = [];
        List<double> peers = [];
        await using ServerProcess host = await ServerProcess.StartBenchmarkAsync("predict", "serve", csv, learner);
        Uri target = new(host.Address, $"/api/v1/models/{ServedModelHost.ModelName}/predict");
        OpenLoop.Run(target, body, OpenLoopRate, WarmUpTime);
        double[] latencies = OpenLoop.Run(target, body, OpenLoopRate, OpenLoopTime);
        Array.Sort(latencies);
        await using (Peer peer = await Peer.StartAsync(Path.Combine("benchmarks", "peers", "fastapi_sklearn.py"), csv, Target, learner))
        {
            await Load.PostAsync(Peer.Target, body);
            for (int round = 0; round < Rounds; round++)
            {
                ours.Add(await Load.PostAsync(target, body));
                peers.Add(await Load.PostAsync(Peer.Target, body));
            }
        }

        double rate = Median(ours);
        double peerRate = Median(peers);
        return
        [
            Milliseconds(latencies[latencies.Length / 2]), Milliseconds(latencies[(int)(latencies.Length * 0.99)]), Milliseconds(latencies[^1]),
            Rate(rate), Rate(peerRate), (rate / peerRate).ToString("F1", CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>A request for the first row of a file.</summary>
    internal static byte[] FirstRow(string csv)
    {
        string[] lines = [.. File.ReadLines(csv).Take(2)];
        JsonObject row = new(lines[0].Split(',').Zip(lines[1].Split(','))
            .Where(cell => cell.First != Target)
            .Select(cell => KeyValuePair.Create<string, JsonNode?>(cell.First, double.Parse(cell.Second, CultureInfo.InvariantCulture))));
        return Encoding.UTF8.GetBytes(new JsonObject { ["instances"] = new JsonArray(row) }.ToJsonString());
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static string Milliseconds(double value) => value.ToString("F2", CultureInfo.InvariantCulture) + " ms";

    private static string Rate(double value) => value.ToString("N0", CultureInfo.InvariantCulture) + " requests/s";
}
