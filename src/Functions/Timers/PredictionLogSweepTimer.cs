using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.PredictionLogs;

namespace Trainyard.Functions.Timers;

/// <summary>Removes what the prediction log has past its retention, and of deleted models.</summary>
/// <param name="sweeper">Decides and removes.</param>
/// <param name="logger">Told of what was removed.</param>
public sealed partial class PredictionLogSweepTimer(PredictionLogSweeper sweeper, ILogger<PredictionLogSweepTimer> logger)
{
    /// <summary>Once an hour, so that nothing is kept much longer than it may be: a list of all segments, and a read for each model.</summary>
    public const string Every = "0 35 * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepPredictionLogs")]
    public async Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        int removed = await sweeper.SweepAsync(cancellationToken);
        if (removed > 0)
        {
            LogRemoved(removed);
        }
    }

    [LoggerMessage(EventId = 3455, Level = LogLevel.Information, Message = "Removed {Count} segments of prediction logs.")]
    private partial void LogRemoved(int count);
}
