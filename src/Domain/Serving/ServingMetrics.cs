using Trainyard.Domain.Monitoring;

namespace Trainyard.Domain.Serving;

/// <summary>What models take of memory.</summary>
/// <param name="cache">Where they are.</param>
public sealed class ServingMetrics(ModelCache cache) : IMetricSource
{
    /// <inheritdoc />
    public Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        text.Header("ml_model_memory_usage_bytes", "gauge", "Bytes of memory that loaded model versions take, measured when they are loaded.");
        text.Sample("ml_model_memory_usage_bytes", cache.Bytes);
        text.Header("ml_models_in_memory", "gauge", "Model versions that are in memory.");
        text.Sample("ml_models_in_memory", cache.Count);
        return Task.CompletedTask;
    }
}
