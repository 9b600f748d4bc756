using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Monitoring;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary><c>/api/metrics</c> and <c>/mlops/metrics</c>: what Prometheus scrapes.</summary>
public sealed class MetricsFunctions(MetricsRegistry registry, IEnumerable<IMetricSource> sources)
{
    /// <summary>Writes all metrics of this process, and those derived from stored records, in Prometheus' text format.</summary>
    [Function("Metrics")]
    [Operation(Scopes.Platform, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/plain")]
    public Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/metrics")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(cancellationToken);
    }

    /// <summary>The same metrics under their other name.</summary>
    [Function("MlopsMetrics")]
    [Operation(Scopes.Platform, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/plain")]
    public Task<IResult> GetForMlopsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "mlops/metrics")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(cancellationToken);
    }

    private async Task<IResult> WriteAsync(CancellationToken cancellationToken)
    {
        PrometheusText text = new();
        foreach (IMetricSource source in sources)
        {
            await source.WriteAsync(text, cancellationToken);
        }

        registry.Write(text);
        return Results.Text(text.ToString(), PrometheusText.ContentType);
    }
}
