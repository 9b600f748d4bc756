using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Http;
using Trainyard.Benchmarks.Predict;
using Trainyard.Benchmarks.Processes;
using Trainyard.LocalHost.Hosting;
using Trainyard.Testing.Azurite;

namespace Trainyard.Benchmarks.AzureStorage;

/// <summary>How long the process takes to its first answer, and to its first prediction, where a thousand models are deployed.</summary>
internal static class StartRun
{
    private const int Models = 1_000;
    private const int Starts = 7;
    private const double MostMilliseconds = 1_200;

    public static async Task<bool> RunAsync(AzuriteProcess azurite, Table table)
    {
        DeployedFile file = new(ServedModelHost.Train(AzureStorageBenchmark.Csv, PredictBenchmark.Target, AzureStorageBenchmark.Learner));
        string local = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        string azure = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new() { Urls = ["http://127.0.0.1:0"], LogToConsole = false };
        await DeployAsync(file, options with { DataFolder = local });
        await DeployAsync(file, AzureStorageBenchmark.On(options with { DataFolder = azure }, azurite.ConnectionString));

        (string Name, string Value) account = ("AzureWebJobsStorage", azurite.ConnectionString);
        string body = System.Text.Encoding.UTF8.GetString(PredictBenchmark.FirstRow(AzureStorageBenchmark.Csv));
        string path = $"/api/v1/models/{Name(Models / 2)}/predict";
        List<double>[] taken = [[], [], [], []];
        for (int start = 0; start < Starts; start++)
        {
            taken[0].Add(await HostStart.MeasureAsync(local, "/health"));
            taken[1].Add(await HostStart.MeasureAsync(azure, "/health", body: null, account));
            taken[2].Add(await HostStart.MeasureAsync(local, path, body));
            taken[3].Add(await HostStart.MeasureAsync(azure, path, body, account));
        }

        double[] medians = [.. taken.Select(Median.Of)];
        string target = $"at most {MostMilliseconds:N0} ms";
        table.AddRow($"start with {Models:N0} models, to the first answer", AzureStorageBenchmark.Text(medians[0], " ms"), AzureStorageBenchmark.Text(medians[1], " ms"), target);
        table.AddRow("  to the first prediction", AzureStorageBenchmark.Text(medians[2], " ms"), AzureStorageBenchmark.Text(medians[3], " ms"), "");
        Directory.Delete(local, recursive: true);
        Directory.Delete(azure, recursive: true);
        return medians[0] <= MostMilliseconds && medians[1] <= MostMilliseconds;
    }

    private static async Task DeployAsync(DeployedFile file, LocalHostOptions options)
    {
        await using LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        for (int model = 0; model < Models; model++)
        {
            await file.DeployAsync(host.Services, Name(model));
        }
    }

    private static string Name(int model) => string.Create(CultureInfo.InvariantCulture, $"model-{model}");
}
