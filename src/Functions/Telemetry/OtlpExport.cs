using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Trainyard.Functions.Http;

namespace Trainyard.Functions.Telemetry;

/// <summary>Sends traces and the runtime's metrics to an OpenTelemetry collector while the host runs; what is left is sent at the stop.</summary>
/// <param name="options">Where to.</param>
internal sealed class OtlpExport(OtlpOptions options) : IHostedService, IDisposable
{
    // ASP.NET Core's own: the request around a function, with the W3C context that its caller sent.
    private const string Server = "Microsoft.AspNetCore";

    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(options.ServiceName, serviceVersion: PlatformVersion.Full);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(FunctionSpans.SourceName, Server)
            .AddOtlpExporter(exporter => Configure(exporter, "traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(exporter => Configure(exporter, "metrics"))
            .Build();
        return Task.CompletedTask;
    }

    // Disposing sends what is left, within the exporter's own time-out.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellationToken);

    public void Dispose()
    {
        Interlocked.Exchange(ref traces, null)?.Dispose();
        Interlocked.Exchange(ref metrics, null)?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string signal)
    {
        exporter.Endpoint = options.For(signal);
        exporter.Protocol = options.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Headers = options.Headers;
    }
}
