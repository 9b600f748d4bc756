using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>What a collector receives from a host.</summary>
[Collection(Alone.Name)]
public sealed class OtlpExportTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Canary = "canary-secret-of-a-caller";

    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-otlp-").FullName;

    [Fact]
    public async Task Host_WithACollector_SendsSpansOfItsFunctionsInTheCallersTrace()
    {
        await using Collector collector = await Collector.StartAsync();
        await using (LocalHostApplication host = await StartAsync(collector))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/models/absent");
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(TraceId, answer.Headers.GetValues("X-Correlation-Id").Single());
        }

        ExportedSpan span = Assert.Single(collector.Spans, span => span.TraceId == TraceId && span.Name == "GetModel");
        Assert.Equal("default", span.Tags["trainyard.tenant"]);
        ExportedSpan request1 = Assert.Single(collector.Spans, request => request.SpanId == span.ParentId);
        Assert.Equal((ExportedSpan.Server, "b7ad6b7169203331"), (request1.Kind, request1.ParentId));
        Assert.True(collector.Received("/v1/traces").AsSpan().IndexOf("trainyard-test"u8) >= 0, "The resource does not name the service.");
    }

    [Fact]
    public async Task Host_WithACollector_SendsNothingThatACallerSent()
    {
        await using Collector collector = await Collector.StartAsync();
        await using (LocalHostApplication host = await StartAsync(collector))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/models/{Canary}/predict?x={Canary}");
            request.Headers.Add("x-api-key", Canary);
            request.Headers.UserAgent.ParseAdd(Canary);
            request.Content = new StringContent($$$"""{"instance":{"{{{Canary}}}":1}}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        byte[] canary = Encoding.UTF8.GetBytes(Canary);
        Assert.Contains(collector.Spans, span => span.Name == "Predict");
        Assert.True(collector.Received("/v1/traces").AsSpan().IndexOf(canary) < 0);
        Assert.True(collector.Received("/v1/metrics").AsSpan().IndexOf(canary) < 0);
    }

    [Fact]
    public async Task Host_WithACollector_SendsTheMetricsThatAScrapeShows()
    {
        await using Collector collector = await Collector.StartAsync();
        string page;
        await using (LocalHostApplication host = await StartAsync(collector))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using StringContent body = new("{}", Encoding.UTF8, "application/json");
            using HttpResponseMessage refused = await client.PostAsync("api/v1/models/absent/predict", body);
            page = await client.GetStringAsync("api/metrics");
        }

        Assert.Contains("ml_prediction_errors_total{code=\"model_not_found\"} 1\n", page, StringComparison.Ordinal);
        ExportedMetric errors = collector.Metrics.Last(metric => metric.Name == "ml_prediction_errors_total");
        Assert.Equal(("sum", "code=model_not_found", 1), (errors.Kind, errors.Labels.Single(), errors.Value));
        ExportedMetric sizes = collector.Metrics.Last(metric => metric.Name == "ml_prediction_request_bytes");
        Assert.Equal(("histogram", "By", 1), (sizes.Kind, sizes.Unit, sizes.Value));
        Assert.Equal(256, sizes.Bounds[0]);

        Assert.Empty(NamesWithAValue(page).Except(collector.Metrics.Select(metric => metric.Name), StringComparer.Ordinal));
        Assert.Equal(0, collector.Metrics.Last(metric => metric.Name == "ml_models_in_memory").Value);
        Assert.Contains("status=deployed", collector.Metrics.Where(metric => metric.Name == "mlops_pipeline_runs_total").SelectMany(metric => metric.Labels));
    }

    [Theory]
    [InlineData("localhost:4317", null)]
    [InlineData("ftp://collector", null)]
    [InlineData("http://collector:4318", "http/json")]
    public void Read_SettingsThatCannotBeMeant_AreNamed(string endpoint, string? protocol)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol })
            .Build();

        Assert.Contains("'OTEL_", Assert.Throws<InvalidOperationException>(() => TelemetrySettings.Read(configuration)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Of a histogram the count tells whether anything was measured; OpenTelemetry sends none that is empty.
    private static IEnumerable<string> NamesWithAValue(string page) =>
        from line in page.Split('\n')
        where line.Length > 0 && line[0] != '#'
        let name = line.Split('{', ' ')[0]
        where !name.EndsWith("_bucket", StringComparison.Ordinal) && !name.EndsWith("_sum", StringComparison.Ordinal) && !line.EndsWith("_count 0", StringComparison.Ordinal)
        select name.EndsWith("_count", StringComparison.Ordinal) ? name[..^"_count".Length] : name;

    private async Task<LocalHostApplication> StartAsync(Collector collector) => await LocalHostApplication.StartAsync(
        new LocalHostOptions
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.None,
            Settings = await HostStorage.SettingsAsync(collector.Settings),
        },
        CancellationToken.None);
}
