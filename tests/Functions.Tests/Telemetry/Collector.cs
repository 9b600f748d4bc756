using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps what it was sent.</summary>
internal sealed class Collector(WebApplication application) : IAsyncDisposable
{
    private readonly Dictionary<string, List<byte[]>> received = new(StringComparer.Ordinal);

    public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What tells a host to send nowhere.</summary>
    public static (string Name, string? Value) None => ("OTEL_EXPORTER_OTLP_ENDPOINT", null);

    /// <summary>What tells a host to send here.</summary>
    public (string Name, string? Value)[] Settings =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "trainyard-test")];

    /// <summary>All spans, once their hosts have stopped: what was collected is sent then.</summary>
    public IReadOnlyList<ExportedSpan> Spans => [.. Messages("/v1/traces").SelectMany(static message => ExportedSpan.ReadAll(message))];

    /// <summary>All metrics likewise, each as often as it was sent.</summary>
    public IReadOnlyList<ExportedMetric> Metrics => [.. Messages("/v1/metrics").SelectMany(static message => ExportedMetric.ReadAll(message))];

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

    /// <summary>The bodies that were posted to a path, one after the other.</summary>
    public byte[] Received(string path) => [.. Messages(path).SelectMany(static message => message)];

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private byte[][] Messages(string path)
    {
        lock (received)
        {
            return received.TryGetValue(path, out List<byte[]>? messages) ? [.. messages] : [];
        }
    }

    private async Task KeepAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        lock (received)
        {
            received.TryAdd(http.Request.Path, []);
            received[http.Request.Path].Add(body.ToArray());
        }

        http.Response.ContentType = "application/x-protobuf";
    }
}
