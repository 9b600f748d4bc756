using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Idempotency;

namespace Trainyard.Functions.Timers;

/// <summary>Removes what is remembered of requests by their <c>Idempotency-Key</c> once it counts no more.</summary>
/// <param name="sweeper">Decides and removes.</param>
/// <param name="logger">Told of what was removed.</param>
public sealed partial class IdempotencySweepTimer(IdempotencySweeper sweeper, ILogger<IdempotencySweepTimer> logger)
{
    /// <summary>Once an hour: at most an hour's records lie beyond their day.</summary>
    public const string Every = "0 50 * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepIdempotency")]
    public async Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        int removed = await sweeper.SweepAsync(cancellationToken);
        if (removed > 0)
        {
            LogRemoved(removed);
        }
    }

    [LoggerMessage(EventId = 3510, Level = LogLevel.Information, Message = "Removed what was remembered of {Count} requests past their retention.")]
    private partial void LogRemoved(int count);
}
