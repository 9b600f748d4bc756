using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Trainyard.Benchmarks.Predict;
using Trainyard.LocalHost.Hosting;
using Trainyard.Testing.Azurite;

namespace Trainyard.Benchmarks.AzureStorage;

/// <summary>Transactions of the storage account, counted by a proxy: of a run of a pipeline from its trigger to its deployment, of predictions, and of a minute at rest.</summary>
internal static class TransactionRun
{
    private const int Predictions = 1_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);
    private static readonly int[] Rates = [50, 500];

    public static async Task<bool> RunAsync(AzuriteProcess azurite, Table table)
    {
        ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);
        await using StorageProxy proxy = await StorageProxy.StartAsync(azurite, request =>
        {
            seen.AddOrUpdate($"{request.Service} {request.Method} {Place(request)}", 1, (_, count) => count + 1);
            return StorageFault.None;
        });
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new() { Urls = ["http://127.0.0.1:0"], DataFolder = folder, LogToConsole = false };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(AzureStorageBenchmark.On(options, AzuriteProcess.ConnectionStringBy(proxy)), CancellationToken.None))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            string pipeline = await PrepareAsync(client);

            // The first run makes containers and tables.
            await CountRunAsync(client, pipeline, proxy);
            Dictionary<string, int> before = new(seen, StringComparer.Ordinal);
            long count = await CountRunAsync(client, pipeline, proxy);
            table.AddRow("transactions of a run that deploys", "", count.ToString(CultureInfo.InvariantCulture), "");
            foreach ((string kind, int times) in seen.Select(each => (each.Key, each.Value - before.GetValueOrDefault(each.Key))).Where(each => each.Item2 > 0).OrderByDescending(each => each.Item2))
            {
                table.AddRow($"    {kind}", "", times.ToString(CultureInfo.InvariantCulture), "");
            }

            foreach (int rate in Rates)
            {
                table.AddRow($"  of {Predictions} predictions, {rate}/s", "", (await CountPredictionsAsync(host.BaseAddress, proxy, rate)).ToString(CultureInfo.InvariantCulture), "");
            }

            long atRest = Count(proxy);
            await Task.Delay(Rest);
            table.AddRow($"  of {Rest.TotalSeconds:0} s without a request", "", (Count(proxy) - atRest).ToString(CultureInfo.InvariantCulture), "");
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static async Task<string> PrepareAsync(HttpClient client)
    {
        using ByteArrayContent csv = new(await File.ReadAllBytesAsync(AzureStorageBenchmark.Csv));
        csv.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using HttpResponseMessage uploaded = await client.PostAsync("/api/v1/datasets?name=cancer", csv);
        uploaded.EnsureSuccessStatusCode();
        JsonElement made = await PostAsync(
            client, "/api/v1/advanced-ai/mlops/pipelines", """{"model_name":"cancer","dataset_uri":"dataset://cancer","target_column":"diagnosis","target_metric":"accuracy","threshold":0.8,"auto_deploy":true}""");
        return $"/api/v1/advanced-ai/mlops/pipelines/{made.GetProperty("id").GetString()}";
    }

    // Nobody looks on, since looking costs transactions too: a run is over when the account is quiet.
    private static async Task<long> CountRunAsync(HttpClient client, string pipeline, StorageProxy proxy)
    {
        long before = Count(proxy);
        string run = (await PostAsync(client, $"{pipeline}/trigger", "{}")).GetProperty("run_id").GetString()!;
        await UntilQuietAsync(proxy);
        long count = Count(proxy) - before;
        JsonElement ended = JsonDocument.Parse(await client.GetStringAsync($"{pipeline}/runs/{run}")).RootElement;
        if (ended.GetProperty("status").GetString() != "deployed")
        {
            throw new InvalidOperationException($"The run ended as {ended}.");
        }

        return count;
    }

    private static async Task<long> CountPredictionsAsync(Uri address, StorageProxy proxy, int rate)
    {
        byte[] body = PredictBenchmark.FirstRow(AzureStorageBenchmark.Csv);
        Uri target = new(address, "/api/v1/models/cancer/predict");
        OpenLoop.Run(target, body, rate, TimeSpan.FromSeconds(1));
        await UntilQuietAsync(proxy);
        long before = Count(proxy);
        OpenLoop.Run(target, body, rate, TimeSpan.FromSeconds((double)Predictions / rate));
        await UntilQuietAsync(proxy);
        return Count(proxy) - before;
    }

    // The table or container.
    private static string Place(StorageRequest request) =>
        request.Target.Split('/', '?', '(') is ["", _, { } place, ..] ? place : request.Target;

    private static async Task UntilQuietAsync(StorageProxy proxy)
    {
        long before;
        do
        {
            before = Count(proxy);
            await Task.Delay(Quiet);
        }
        while (Count(proxy) > before);
    }

    private static long Count(StorageProxy proxy) => proxy.Passed.Values.Sum(count => (long)count);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(path, content);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException(text);
    }
}
