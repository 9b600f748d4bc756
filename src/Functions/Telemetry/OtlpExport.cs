using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Trainyard.Domain.Monitoring;

namespace Trainyard.Functions.Telemetry;

/// <summary>Sends traces and metrics to an OpenTelemetry collector while the host runs; what is left is sent at the stop.</summary>
/// <param name="options">Where to.</param>
/// <param name="derived">The metrics that have to be derived before they can be sent.</param>
/// <param name="time">The clock.</param>
internal sealed class OtlpExport(OtlpOptions options, SourceMetrics derived, TimeProvider time) : BackgroundService
{
    // As often as OpenTelemetry's exporter sends by default.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    // ASP.NET Core's own, the request around a function with the W3C context that its caller sent; and Durable Task's.
    private static readonly string[] Sources = [FunctionSpans.SourceName, "Microsoft.AspNetCore", "Microsoft.DurableTask"];

    private static readonly string[] Meters =
        [MetricsRegistry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(options.ServiceName, serviceVersion: PlatformVersion.Full);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddProcessor(new SpanRedaction())
            .AddOtlpExporter(exporter => Configure(exporter, "traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(exporter => Configure(exporter, "metrics"))
            .Build();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await derived.RefreshAsync(cancellationToken);

        // Disposing sends what is left, within the exporter's own time-out.
        await Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Interlocked.Exchange(ref traces, null)?.Dispose();
        Interlocked.Exchange(ref metrics, null)?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer tick = new(RefreshInterval, time);
        do
        {
            await derived.RefreshAsync(stoppingToken);
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private void Configure(OtlpExporterOptions exporter, string signal)
    {
        exporter.Endpoint = options.For(signal);
        exporter.Protocol = options.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Headers = options.Headers;
    }
}
