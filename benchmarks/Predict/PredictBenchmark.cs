using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectre.Console;
using Trainyard.Benchmarks.Http;

namespace Trainyard.Benchmarks.Predict;

/// <summary>Predictions of a 100-tree model over HTTP: latency of one row in open loop, and requests/s and rows/s beside a peer and beside ASP.NET Core alone.</summary>
internal static class PredictBenchmark
{
    internal const string Target = "diagnosis";
    private const int Rounds = 5;
    private const int OpenLoopRate = 2_000;
    private const int ManyRows = 1_000;
    private static readonly TimeSpan OpenLoopTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ManyRowsTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(5);
    private static readonly string[] Learners = ["gradient_boosting", "random_forest"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["serve", string csv, string served])
        {
            return await ServedModelHost.RunAsync(csv, Target, served);
        }

        if (arguments is ["log"])
        {
            return await LogRun.RunAsync(FirstRow(Path.Combine("samples", "breast-cancer.csv")));
        }

        if (arguments is ["bare"])
        {
            return await BareEndpoint.RunAsync();
        }

        Table table = new Table().AddColumns(["what", .. Learners, "target"]);
        List<string[]> columns = [];
        foreach (string learner in Learners)
        {
            columns.Add(await MeasureAsync(Path.Combine("samples", "breast-cancer.csv"), learner));
        }

        string[] rows = [$"open loop, {OpenLoopRate} requests/s: p50", "  p99", "  slowest", "closed loop", "peer, closed loop", "ratio", "bare endpoint, closed loop", "ratio", $"{ManyRows} rows in a request", "peer, the same", "ratio"];
        string[] wanted = ["", "at most 5 ms", "", "", "", "at least 15", "", "at least 0.6", "", "", "at least 5"];
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
        byte[] many = Rows(csv, ManyRows);
        List<double> ours = [];
        List<double> peers = [];
        List<double> bare = [];
        List<double> oursMany = [];
        List<double> peersMany = [];
        await using ServerProcess host = await ServerProcess.StartBenchmarkAsync("predict", "serve", csv, learner);
        Uri target = new(host.Address, $"/api/v1/models/{ServedModelHost.ModelName}/predict");
        OpenLoop.Run(target, body, OpenLoopRate, WarmUpTime);
        double[] latencies = OpenLoop.Run(target, body, OpenLoopRate, OpenLoopTime);
        Array.Sort(latencies);
        await using ServerProcess endpoint = await ServerProcess.StartBenchmarkAsync("predict", "bare");
        Uri bareTarget = new(endpoint.Address, BareEndpoint.Path);
        await using (Peer peer = await Peer.StartAsync(Path.Combine("benchmarks", "peers", "fastapi_sklearn.py"), csv, Target, learner))
        {
            await Load.PostAsync(Peer.Target, body);
            for (int round = 0; round < Rounds; round++)
            {
                ours.Add(await Load.PostAsync(target, body));
                peers.Add(await Load.PostAsync(Peer.Target, body));
                bare.Add(await Load.PostAsync(bareTarget, body));
                oursMany.Add(await RowsPerSecondAsync(target, many));
                peersMany.Add(await RowsPerSecondAsync(Peer.Target, many));
            }
        }

        double rate = Median(ours);
        double peerRate = Median(peers);
        return
        [
            Milliseconds(latencies[latencies.Length / 2]), Milliseconds(latencies[(int)(latencies.Length * 0.99)]), Milliseconds(latencies[^1]),
            Rate(rate), Rate(peerRate), Ratio(rate, peerRate),
            Rate(Median(bare)), Ratio(rate, Median(bare)),
            RowRate(Median(oursMany)), RowRate(Median(peersMany)), Ratio(Median(oursMany), Median(peersMany)),
        ];
    }

    // One request after the other: many at once would share the peer's one interpreter, and most of them be cut off by the end.
    private static async Task<double> RowsPerSecondAsync(Uri target, byte[] body)
    {
        using HttpClient client = new();
        long started = Stopwatch.GetTimestamp();
        int requests = 0;
        while (Stopwatch.GetElapsedTime(started) < ManyRowsTime)
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new("application/json");
            using HttpResponseMessage answer = await client.PostAsync(target, content);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            requests++;
        }

        return requests * ManyRows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>A request for the first row of a file.</summary>
    internal static byte[] FirstRow(string csv) => Rows(csv, 1);

    // The file's rows in turn, over and over.
    private static byte[] Rows(string csv, int count)
    {
        string[] lines = File.ReadAllLines(csv);
        string[] columns = lines[0].Split(',');
        JsonArray rows = [.. Enumerable.Range(0, count).Select(index => Row(columns, lines[1 + (index % (lines.Length - 1))].Split(',')))];
        return Encoding.UTF8.GetBytes(new JsonObject { ["instances"] = rows }.ToJsonString());
    }

    private static JsonObject Row(string[] columns, string[] cells) => new(columns.Zip(cells)
        .Where(cell => cell.First != Target)
        .Select(cell => KeyValuePair.Create<string, JsonNode?>(cell.First, double.Parse(cell.Second, CultureInfo.InvariantCulture))));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static string Milliseconds(double value) => value.ToString("F2", CultureInfo.InvariantCulture) + " ms";

    private static string Rate(double value) => value.ToString("N0", CultureInfo.InvariantCulture) + " requests/s";

    private static string RowRate(double value) => value.ToString("N0", CultureInfo.InvariantCulture) + " rows/s";

    private static string Ratio(double ours, double peer) => (ours / peer).ToString("F2", CultureInfo.InvariantCulture);
}
