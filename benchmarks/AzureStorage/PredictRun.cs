using Spectre.Console;
using Trainyard.Benchmarks.Http;
using Trainyard.Benchmarks.Predict;
using Trainyard.Benchmarks.Processes;
using Trainyard.Testing.Azurite;

namespace Trainyard.Benchmarks.AzureStorage;

/// <summary>One-row predictions on both stores in turns: nothing on their way may wait for storage.</summary>
internal static class PredictRun
{
    private const int Rounds = 7;
    private const int OpenLoopRate = 1_000;
    private const double LeastRatio = 0.9;
    private static readonly TimeSpan OpenLoopTime = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync(AzuriteProcess azurite, Table table)
    {
        byte[] body = PredictBenchmark.FirstRow(AzureStorageBenchmark.Csv);
        await using ServerProcess local = await ServerProcess.StartBenchmarkAsync("azure", "serve");
        await using ServerProcess azure = await ServerProcess.StartBenchmarkAsync("azure", "serve", azurite.ConnectionString);
        Uri[] targets = [.. new[] { local, azure }.Select(server => new Uri(server.Address, $"/api/v1/models/{ServedModelHost.ModelName}/predict"))];
        List<double>[] rates = [[], []];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int store = 0; store < targets.Length; store++)
            {
                double rate = await Load.PostAsync(targets[store], body);
                if (round > 0)
                {
                    rates[store].Add(rate);
                }
            }
        }

        double[] late = [.. targets.Select(target => OpenLoop.Run(target, body, OpenLoopRate, OpenLoopTime).Order().ElementAt((int)(OpenLoopRate * OpenLoopTime.TotalSeconds * 0.99)))];
        double ratio = Median.Of(rates[1]) / Median.Of(rates[0]);
        table.AddRow("predict, one row, closed loop", AzureStorageBenchmark.Text(Median.Of(rates[0]), "/s"), AzureStorageBenchmark.Text(Median.Of(rates[1]), "/s"), "");
        table.AddRow("  ratio", "", AzureStorageBenchmark.Text(ratio, "x", "0.00"), $"at least {LeastRatio}x");
        table.AddRow($"  p99 at {OpenLoopRate}/s", AzureStorageBenchmark.Text(late[0], " ms", "0.00"), AzureStorageBenchmark.Text(late[1], " ms", "0.00"), "");
        return ratio >= LeastRatio;
    }
}
