using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Monitoring;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Monitoring;

/// <summary><c>/api/metrics</c>: what Prometheus scrapes.</summary>
public sealed class MetricsFunctions(MetricsRegistry registry, IEnumerable<IMetricSource> sources)
{
    /// <summary>Writes all metrics of this process, and those derived from stored records.</summary>
    [Function("Metrics")]
    [Operation(Scopes.Platform, LimitClass.Read)]
    [Answer(StatusCodes.Status200OK, "text/plain")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/metrics")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PrometheusText text = new();
        foreach (IMetricSource source in sources)
        {
            await source.WriteAsync(text, cancellationToken);
        }

        registry.Write(text);
        return Results.Text(text.ToString(), PrometheusText.ContentType);
    }
}
