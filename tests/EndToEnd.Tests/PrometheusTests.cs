using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The metrics as Prometheus itself reads them.</summary>
public sealed class PrometheusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DemoLimit = TimeSpan.FromMinutes(3);

    // What users were promised, as far as what it measures exists.
    private static readonly string[] Names =
    [
        "mlops_pipeline_runs_total", "mlops_pipeline_success_rate", "ml_predictions_total", "ml_prediction_errors_total", "ml_prediction_latency_seconds_bucket",
        "ml_prediction_request_bytes_bucket", "ml_model_memory_usage_bytes", "ml_system_cpu_usage_percent", "process_resident_memory_bytes",
    ];

    [RequiresFact("prometheus")]
    public async Task Metrics_OfAHostThatServed_PassPromtool()
    {
        using TemporaryFolder folder = new();
        await using HostProcess host = await StartAsync(folder.Path);
        using HttpClient client = new() { BaseAddress = host.Address };
        await AskAsync(client);
        string page = await client.GetStringAsync("api/metrics");

        (int exitCode, string said) = await Promtool.RunAsync(["check", "metrics"], page);

        Assert.True(exitCode == 0 && said.Length == 0, $"{said}\n{page}");
        Assert.StartsWith(page[..page.IndexOf('\n', StringComparison.Ordinal)], await client.GetStringAsync("mlops/metrics"), StringComparison.Ordinal);
    }

    [RequiresFact("prometheus")]
    public async Task Prometheus_ScrapingAHost_HasEveryMetricAndAnswersEveryQuery()
    {
        using TemporaryFolder folder = new();
        await using HostProcess host = await StartAsync(folder.Path);
        using HttpClient client = new() { BaseAddress = host.Address };
        await AskAsync(client);

        using Process prometheus = StartPrometheus(folder.Path, host.Address, out Uri address);
        try
        {
            using HttpClient queries = new() { BaseAddress = address };
            foreach (string name in Names)
            {
                await SeenAsync(queries, name);
            }

            string page = await client.GetStringAsync("api/metrics");
            foreach (PromQuery query in PromQuery.OfDashboards().Concat(PromQuery.OfRules()))
            {
                Assert.All(query.Metrics, metric => Assert.True(metric == "up" || page.Contains($"# TYPE {metric} ", StringComparison.Ordinal), $"{query.Place} asks for {metric}, which no host has."));
                using HttpResponseMessage answer = await queries.GetAsync($"api/v1/query?query={Uri.EscapeDataString(query.Text)}");
                Assert.True(answer.IsSuccessStatusCode, $"{query.Place}: {query.Text}\n{await answer.Content.ReadAsStringAsync()}");
            }
        }
        finally
        {
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync();
        }
    }

    /// <summary>A host with a model that the demo trained.</summary>
    private static async Task<HostProcess> StartAsync(string folder)
    {
        (int exitCode, string output) = await HostProcess.RunAsync(["demo", "--exit", "--port", "0", "--data", folder], DemoLimit);
        Assert.True(exitCode == 0, output);
        return await HostProcess.StartAsync(folder);
    }

    // One prediction and one refusal, so that each counter has a value to show.
    private static async Task AskAsync(HttpClient client)
    {
        Assert.Equal(HttpStatusCode.OK, await PredictAsync(client, "breast-cancer"));
        Assert.Equal(HttpStatusCode.NotFound, await PredictAsync(client, "absent"));
    }

    private static async Task<HttpStatusCode> PredictAsync(HttpClient client, string model)
    {
        using StringContent body = new("""{"instance":{"mean_radius":14.2}}""", new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage answer = await client.PostAsync($"api/v1/models/{model}/predict", body);
        return answer.StatusCode;
    }

    private static Process StartPrometheus(string folder, Uri target, out Uri address)
    {
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            scrape_configs:
              - job_name: trainyard
                scrape_interval: 5s
                scrape_timeout: 5s
                metrics_path: /api/metrics
                static_configs:
                  - targets: ['{{target.Authority}}']
            """);
        address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        string[] arguments = [$"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "tsdb")}", $"--web.listen-address={address.Authority}", "--log.level=error"];
        return Process.Start(new ProcessStartInfo("prometheus", arguments) { UseShellExecute = false })!;
    }

    private static async Task SeenAsync(HttpClient queries, string name)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            try
            {
                JsonNode answer = JsonNode.Parse(await queries.GetStringAsync($"api/v1/series?match[]={name}", patience.Token))!;
                if (answer["data"]!.AsArray().Count > 0)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // It has not begun to listen.
            }

            await Task.Yield();
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
