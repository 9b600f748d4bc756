using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Looks at a run while a step of it is taken, and stops the step when it is no longer wanted: cancelled, closed or removed.</summary>
/// <remarks>
/// The run itself is looked at, so that it makes no difference which host takes the step and which was asked to cancel, nor
/// whether the step's orchestration still lives.
/// </remarks>
internal sealed class RunWatch : IAsyncDisposable
{
    /// <summary>How often the run is looked at: a caller sees the end within a second, at two small reads a second for each step under way.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenSource done = new();
    private readonly Task watching;

    private RunWatch(RunBook book, RunKey run, TimeProvider time, CancellationToken cancellationToken)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        watching = WatchAsync(book, run, time);
    }

    /// <summary>Fires when the step is no longer wanted, and with the caller's own token.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Begins to watch.</summary>
    public static RunWatch Start(RunBook book, RunKey run, TimeProvider time, CancellationToken cancellationToken) => new(book, run, time, cancellationToken);

    /// <summary>Ends watching.</summary>
    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await watching;
        done.Dispose();
        stop.Dispose();
    }

    private async Task WatchAsync(RunBook book, RunKey run, TimeProvider time)
    {
        try
        {
            do
            {
                await Task.Delay(Interval, time, done.Token);
            }
            while (await IsWantedAsync(book, run, done.Token));

            await stop.CancelAsync();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The step came to its end first.
        }
    }

    // A store that is away for a moment is no reason to give up an hour's training; the step meets it itself if it stays away.
    private static async Task<bool> IsWantedAsync(RunBook book, RunKey run, CancellationToken cancellationToken)
    {
        try
        {
            return (await book.FindAsync(run, cancellationToken)).TakesSteps();
        }
        catch (StorageUnavailableException)
        {
            return true;
        }
    }
}
