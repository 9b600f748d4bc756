namespace Trainyard.Domain.Monitoring;

/// <summary>Derives metrics from what is stored, so that a restart does not zero them. All sources are asked at each scrape.</summary>
public interface IMetricSource
{
    /// <summary>Writes its metrics; bounded in time and size.</summary>
    Task WriteAsync(PrometheusText text, CancellationToken cancellationToken);
}
