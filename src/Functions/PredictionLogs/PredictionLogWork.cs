using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.PredictionLogs;

namespace Trainyard.Functions.PredictionLogs;

/// <summary>Writes predictions out and appends them to their blobs while the host runs, and what is left when it stops.</summary>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told when lines could not be written, and of those that are lost.</param>
internal sealed partial class PredictionLogWork(PredictionLog log, TimeProvider time, ILogger<PredictionLogWork> logger) : BackgroundService
{
    /// <summary>How often lines are appended that do not fill a batch: what a crash loses, beside the requests that wait to be written out.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        long lost = await log.DrainAsync(cancellationToken);
        if (lost > 0)
        {
            LogLost(lost);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Run(() => log.RunAsync(stoppingToken), stoppingToken),
        Task.Run(() => AppendAsync(stoppingToken), stoppingToken),
        Task.Run(() => AppendFullAsync(stoppingToken), stoppingToken));

    private async Task AppendAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TryAsync(log.FlushAsync, cancellationToken);
            if (log.TakeFault() is { } fault)
            {
                LogFault(fault);
            }
        }
    }

    private async Task AppendFullAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await TryAsync(log.FlushFullAsync, cancellationToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> append, CancellationToken cancellationToken)
    {
        try
        {
            await append(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the host answers requests all the same, and the lines are still there.
            LogUnwritten(failure);
        }
    }

    [LoggerMessage(EventId = 3450, Level = LogLevel.Warning, Message = "Lines of the prediction log could not be written and are kept for the next time.")]
    private partial void LogUnwritten(Exception failure);

    [LoggerMessage(EventId = 3451, Level = LogLevel.Warning, Message = "{Count} lines of the prediction log are lost: storage did not take them before the host stopped.")]
    private partial void LogLost(long count);

    [LoggerMessage(EventId = 3452, Level = LogLevel.Error, Message = "A prediction could not be written out for the log; ml_prediction_log_dropped_total counts how many.")]
    private partial void LogFault(Exception fault);
}
