using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Registry.Removal;

namespace Trainyard.Functions.Timers;

/// <summary>Completes deletions of models and versions that a crash interrupted.</summary>
/// <param name="removal">Knows and removes.</param>
/// <param name="logger">Told of what was completed.</param>
public sealed partial class ModelSweepTimer(ModelRemoval removal, ILogger<ModelSweepTimer> logger)
{
    /// <summary>Once an hour: nobody finds what is deleted, so that only space waits.</summary>
    public const string Every = "0 15 * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("SweepModels")]
    public async Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        int swept = await removal.SweepAsync(cancellationToken);
        if (swept > 0)
        {
            LogSwept(swept);
        }
    }

    [LoggerMessage(EventId = 3500, Level = LogLevel.Information, Message = "Completed interrupted deletions of {Count} models.")]
    private partial void LogSwept(int count);
}
