namespace Trainyard.Learning.Selection;

/// <summary>The end of a time budget.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly AutoOptions options;
    private readonly long start;
    private readonly CancellationTokenSource? timer;
    private readonly CancellationTokenSource linked;

    public Deadline(AutoOptions options, CancellationToken cancellationToken)
    {
        this.options = options;
        start = options.Time.GetTimestamp();
        timer = options.TimeBudget is { } budget ? new CancellationTokenSource(budget, options.Time) : null;
        linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer?.Token ?? default);
    }

    /// <summary>Cancelled when the time is up, or when the caller wants no more.</summary>
    public CancellationToken Token => linked.Token;

    /// <summary>True once the budget is spent. A busy machine may fire the timer late, so the clock is asked too.</summary>
    public bool IsOver => timer is { IsCancellationRequested: true } || options.Time.GetElapsedTime(start) >= (options.TimeBudget ?? TimeSpan.MaxValue);

    public void Dispose()
    {
        linked.Dispose();
        timer?.Dispose();
    }
}
