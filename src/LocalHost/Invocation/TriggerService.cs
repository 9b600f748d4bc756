using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Runs listeners while the host runs, and drains them when it stops.</summary>
internal sealed partial class TriggerService(IReadOnlyList<ITriggerListener> listeners, TimeProvider clock, ILogger<TriggerService> logger)
    : IHostedService, IAsyncDisposable
{
    // After a listener itself failed (a full disk), it begins again; this keeps it from spinning.
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    // What a cancelled run gets to end in, before it is left behind.
    private static readonly TimeSpan AbandonGrace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoned = new();
    private Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.WhenAll(listeners.Select(each => Task.Run(() => KeepListeningAsync(each), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        await AbandonAsync();
    }

    /// <summary>Ends what still runs: a host whose start failed half way is disposed without having been stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await AbandonAsync();
        stopping.Dispose();
        abandoned.Dispose();
    }

    private async Task AbandonAsync()
    {
        if (!running.IsCompleted)
        {
            await abandoned.CancelAsync();
            await Task.WhenAny(running, Task.Delay(AbandonGrace, CancellationToken.None));
        }
    }

    private async Task KeepListeningAsync(ITriggerListener listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await listener.ListenAsync(stopping.Token, abandoned.Token);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogRestart(exception, listener.FunctionName);
                await Task.WhenAny(Task.Delay(RestartDelay, clock, stopping.Token));
            }
        }
    }

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "The trigger of function {Function} failed and begins again.")]
    private partial void LogRestart(Exception exception, string function);
}
