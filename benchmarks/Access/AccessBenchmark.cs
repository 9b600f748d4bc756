using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Trainyard.Benchmarks.Http;
using Trainyard.Benchmarks.Predict;

namespace Trainyard.Benchmarks.Access;

/// <summary>
/// What it costs a one-row prediction that callers are known, limited and told of: the same host without any of it and
/// with each of it, in turns in one run, driven in closed loop.
/// </summary>
internal static class AccessBenchmark
{
    private const int Rounds = 7;
    private const string Learner = "gradient_boosting";
    private static readonly string Csv = Path.Combine("samples", "breast-cancer.csv");

    private static readonly (string Kind, string What, string Target)[] Rows =
    [
        (AccessHost.Bare, "neither keys, limits nor telemetry", ""),
        (AccessHost.Known, "+ key, scope, rate limits", ""),
        (AccessHost.Logged, "+ spans' context, log scopes", "at least 92 %"),
        (AccessHost.Exported, "+ every span sent to a collector", ""),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["serve", AccessHost.Sink]:
                return await AccessHost.RunSinkAsync();
            case ["serve", string kind, .. string[] rest]:
                return await ServedModelHost.RunAsync(Csv, PredictBenchmark.Target, Learner, options => AccessHost.Configure(options, kind, rest.FirstOrDefault()));
            default:
                Print(await MeasureAsync());
                return 0;
        }
    }

    private static async Task<Dictionary<string, List<Turn>>> MeasureAsync()
    {
        byte[] body = PredictBenchmark.FirstRow(Csv);
        await using ServerProcess sink = await ServerProcess.StartBenchmarkAsync("access", "serve", AccessHost.Sink);
        List<(string Kind, ServerProcess Server, string? Key)> hosts = [];
        try
        {
            foreach ((string kind, _, _) in Rows)
            {
                ServerProcess server = await ServerProcess.StartBenchmarkAsync("access", "serve", kind, sink.Address.AbsoluteUri);
                hosts.Add((kind, server, kind == AccessHost.Bare ? null : await MakeKeyAsync(server.Address)));
            }

            return await TakeTurnsAsync(hosts, body);
        }
        finally
        {
            foreach ((_, ServerProcess server, _) in hosts)
            {
                await server.DisposeAsync();
            }
        }
    }

    // The first round is a warm-up.
    private static async Task<Dictionary<string, List<Turn>>> TakeTurnsAsync(List<(string Kind, ServerProcess Server, string? Key)> hosts, byte[] body)
    {
        Dictionary<string, List<Turn>> turns = hosts.ToDictionary(host => host.Kind, _ => new List<Turn>(), StringComparer.Ordinal);
        for (int round = 0; round <= Rounds; round++)
        {
            foreach ((string kind, ServerProcess server, string? key) in hosts)
            {
                TimeSpan before = server.ProcessorTime;
                (double rate, long count) = await Load.PostAsync(new Uri(server.Address, $"/api/v1/models/{ServedModelHost.ModelName}/predict"), body, key);
                if (round > 0)
                {
                    turns[kind].Add(new Turn(rate, (server.ProcessorTime - before).TotalMicroseconds / count));
                }
            }
        }

        return turns;
    }

    private static async Task<string> MakeKeyAsync(Uri address)
    {
        using HttpClient client = new() { BaseAddress = address };
        client.DefaultRequestHeaders.Add("x-api-key", AccessHost.OperatorKey);
        using HttpResponseMessage made = await client.PostAsJsonAsync("/api/v1/keys", new { name = "benchmark", scopes = new[] { "predict" } });
        made.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["token"]!;
    }

    private static void Print(Dictionary<string, List<Turn>> turns)
    {
        Table table = new Table().AddColumns("one-row predictions, closed loop, median of " + Rounds, "requests/s", "of the first", "server µs/request", "each round", "target");
        foreach ((string kind, string what, string target) in Rows)
        {
            // Each round against its own first, so that a machine that slows down slows both.
            double share = Median(turns[kind].Zip(turns[AccessHost.Bare], (turn, bare) => turn.Rate / bare.Rate));
            table.AddRow(
                what,
                Text(Median(turns[kind].Select(turn => turn.Rate)), "N0"),
                Text(share, "P1"),
                Text(Median(turns[kind].Select(turn => turn.Microseconds)), "F1"),
                string.Join(' ', turns[kind].Select(turn => Text(turn.Rate, "F0"))),
                target);
        }

        AnsiConsole.Write(table);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>One turn of a host.</summary>
    /// <param name="Rate">Answers a second.</param>
    /// <param name="Microseconds">Processor time of the host for each; it depends less on what else the machine does.</param>
    private sealed record Turn(double Rate, double Microseconds);
}
