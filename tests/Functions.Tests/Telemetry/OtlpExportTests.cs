using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>What a collector receives from a host.</summary>
public sealed class OtlpExportTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Canary = "canary-secret-of-a-caller";

    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-otlp-").FullName;

    [Fact]
    public async Task Host_WithACollector_SendsSpansOfItsFunctionsInTheCallersTrace()
    {
        await using Collector collector = await Collector.StartAsync();
        await using (LocalHostApplication host = await StartAsync(folder, collector.Address))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using HttpRequestMessage request = new(HttpMethod.Get, "api/v1/models/absent");
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        // What was collected is sent at the stop.
        byte[] traces = collector.Received("/v1/traces");
        Assert.True(Contains(traces, Convert.FromHexString(TraceId)), "The span is not in the caller's trace.");
        Assert.True(Contains(traces, "GetModel"u8), "The span does not name its function.");
        Assert.True(Contains(traces, "trainyard.tenant"u8), "The span does not name its tenant.");
        Assert.True(Contains(traces, "trainyard-test"u8), "The resource does not name the service.");
        Assert.NotEmpty(collector.Received("/v1/metrics"));
    }

    [Fact]
    public async Task Host_WithACollector_SendsNothingThatACallerSent()
    {
        await using Collector collector = await Collector.StartAsync();
        await using (LocalHostApplication host = await StartAsync(folder, collector.Address))
        {
            using HttpClient client = new() { BaseAddress = host.BaseAddress };
            using HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/models/absent/predict?x={Canary}");
            request.Headers.Add("x-api-key", Canary);
            request.Content = new StringContent($$$"""{"instance":{"{{{Canary}}}":1}}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        byte[] canary = Encoding.UTF8.GetBytes(Canary);
        Assert.False(Contains(collector.Received("/v1/traces"), canary));
        Assert.False(Contains(collector.Received("/v1/metrics"), canary));
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

    private static bool Contains(ReadOnlySpan<byte> all, ReadOnlySpan<byte> part) => all.IndexOf(part) >= 0;

    private static async Task<LocalHostApplication> StartAsync(string folder, Uri collector) => await LocalHostApplication.StartAsync(
        new LocalHostOptions
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.None,
            Settings = await HostStorage.SettingsAsync(
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "trainyard-test")),
        },
        CancellationToken.None);

    /// <summary>Takes OTLP over HTTP and keeps what it was sent.</summary>
    private sealed class Collector(WebApplication application) : IAsyncDisposable
    {
        private readonly Dictionary<string, MemoryStream> received = new(StringComparer.Ordinal);

        public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public static async Task<Collector> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            WebApplication application = builder.Build();
            Collector collector = new(application);
            application.Run(collector.KeepAsync);
            await application.StartAsync();
            return collector;
        }

        public byte[] Received(string path)
        {
            lock (received)
            {
                return received.TryGetValue(path, out MemoryStream? kept) ? kept.ToArray() : [];
            }
        }

        public ValueTask DisposeAsync() => application.DisposeAsync();

        private async Task KeepAsync(HttpContext http)
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body);
            lock (received)
            {
                received.TryAdd(http.Request.Path, new MemoryStream());
                body.WriteTo(received[http.Request.Path]);
            }

            http.Response.ContentType = "application/x-protobuf";
        }
    }
}
