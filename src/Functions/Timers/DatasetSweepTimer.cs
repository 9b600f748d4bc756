using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Datasets;

namespace Trainyard.Functions.Timers;

/// <summary>Removes dataset content that no version refers to.</summary>
/// <param name="sweeper">Decides and removes.</param>
/// <param name="logger">Told of what was removed.</param>
public sealed partial class DatasetSweepTimer(DatasetSweeper sweeper, ILogger<DatasetSweepTimer> logger)
{
    /// <summary>Once a night: what is swept is a day old at least, and costs only space until then.</summary>
    public const string Every = "0 30 3 * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepDatasets")]
    public async Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        int removed = await sweeper.SweepAsync(cancellationToken);
        if (removed > 0)
        {
            LogRemoved(removed);
        }
    }

    [LoggerMessage(EventId = 3100, Level = LogLevel.Information, Message = "Removed {Count} blobs of datasets that no version refers to.")]
    private partial void LogRemoved(int count);
}
