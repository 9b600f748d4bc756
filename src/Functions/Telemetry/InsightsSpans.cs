using System.Diagnostics;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Extensibility.Implementation;
using Microsoft.Extensions.Hosting;

namespace Trainyard.Functions.Telemetry;

/// <summary>Tells Application Insights of the spans of functions, by the kinds that its own exporter of OpenTelemetry makes of them.</summary>
/// <param name="client">Takes telemetry.</param>
internal sealed class InsightsSpans(TelemetryClient client) : IHostedService, IDisposable
{
    // Of the isolated worker; its span of an invocation is told by its own package.
    private const string Worker = "Microsoft.Azure.Functions.Worker";

    private ActivityListener? listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == FunctionSpans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Track,
        };
        ActivitySource.AddActivityListener(listener);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await client.FlushAsync(cancellationToken);
    }

    public void Dispose() => Interlocked.Exchange(ref listener, null)?.Dispose();

    private void Track(Activity span)
    {
        if (span.Parent?.Source.Name == Worker)
        {
            return;
        }

        OperationTelemetry told = span.Kind is ActivityKind.Server or ActivityKind.Consumer ? new RequestTelemetry() : new DependencyTelemetry { Type = "InProc" };
        told.Id = span.SpanId.ToHexString();
        told.Name = span.DisplayName;
        told.Timestamp = new DateTimeOffset(span.StartTimeUtc);
        told.Duration = span.Duration;
        told.Success = span.Status != ActivityStatusCode.Error;
        told.Context.Operation.Id = span.TraceId.ToHexString();
        told.Context.Operation.ParentId = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString();
        foreach ((string name, object? value) in span.TagObjects)
        {
            told.Properties[name] = value?.ToString() ?? "";
        }

        client.Track(told);
    }
}
