using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Shadows;

namespace Trainyard.Functions.Traffic;

/// <summary>What goes on beside requests while the host runs: shadows answer, and counts are written down.</summary>
/// <param name="shadows">Requests for shadows.</param>
/// <param name="book">Counts.</param>
/// <param name="exposures">Who was exposed to A/B tests.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told when counts could not be written.</param>
internal sealed partial class TrafficWork(ShadowQueue shadows, TallyBook book, ExposureBook exposures, TimeProvider time, ILogger<TrafficWork> logger) : BackgroundService
{
    /// <summary>How often counts are written: what a crash loses at most.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(() => shadows.RunAsync(stoppingToken), stoppingToken), Task.Run(() => WriteDownAsync(stoppingToken), stoppingToken));

    private async Task WriteDownAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await FlushAsync(cancellationToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await book.FlushAsync(cancellationToken);
            await exposures.FlushAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the host answers requests all the same, and the counts are still there.
            LogUnwritten(failure);
        }
    }

    [LoggerMessage(EventId = 3400, Level = LogLevel.Warning, Message = "Counts of traffic could not be written and are kept for the next time.")]
    private partial void LogUnwritten(Exception failure);
}
