using Trainyard.Domain.Monitoring;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>What waits to be logged on this host.</summary>
/// <param name="log">The log.</param>
public sealed class PredictionLogMetrics(PredictionLog log) : IMetricSource
{
    /// <inheritdoc />
    public Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        text.Header("ml_prediction_log_waiting_requests", "gauge", "Answered requests that wait to be written out as lines of the prediction log.");
        text.Sample("ml_prediction_log_waiting_requests", log.Waiting);
        text.Header("ml_prediction_log_waiting_bytes", "gauge", "Bytes that they hold.");
        text.Sample("ml_prediction_log_waiting_bytes", log.WaitingBytes);
        text.Header("ml_prediction_log_buffer_bytes", "gauge", "Bytes of lines of the prediction log that wait for storage.");
        text.Sample("ml_prediction_log_buffer_bytes", log.BufferedBytes);
        return Task.CompletedTask;
    }
}
