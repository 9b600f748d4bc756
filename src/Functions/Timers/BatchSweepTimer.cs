using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Timers;

/// <summary>Removes prediction jobs past their retention, and files that crashes left of others.</summary>
/// <param name="sweeper">Decides and removes.</param>
/// <param name="logger">Told of what was removed.</param>
public sealed partial class BatchSweepTimer(BatchSweeper sweeper, ILogger<BatchSweepTimer> logger)
{
    /// <summary>Once a night: what is swept is a day old at least, and costs only space until then.</summary>
    public const string Every = "0 45 3 * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepBatches")]
    public async Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        (int jobs, int files) = await sweeper.SweepAsync(cancellationToken);
        if (jobs + files > 0)
        {
            LogRemoved(jobs, files);
        }
    }

    [LoggerMessage(EventId = 3320, Level = LogLevel.Information, Message = "Removed {Jobs} prediction jobs past their retention, and {Files} files that no job refers to.")]
    private partial void LogRemoved(int jobs, int files);
}
