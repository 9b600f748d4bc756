using Microsoft.Extensions.Hosting;

namespace Trainyard.Functions.Http;

/// <summary>Paces a stream of events between two looks at what it tells of.</summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Says when the host stops.</param>
internal sealed class EventPace(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>How often is looked: often enough for a person to call it live.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the next look. False when the host stops: it would wait for the stream as long as its patience lasts, and what it tells of outlives it anyway.</summary>
    public async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(Interval, time, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
