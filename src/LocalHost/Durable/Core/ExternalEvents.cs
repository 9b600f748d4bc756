namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Events from outside: those that arrived early, and those who wait.</summary>
/// <remarks>
/// Names differ in more than case. An early event waits, in order of arrival, for whoever asks first. Of several
/// waiters for one name the newest is served first, as in Durable Task: a loop that abandons a wait and starts another
/// gets the event. A wait that was cancelled takes no event.
/// </remarks>
internal sealed class ExternalEvents
{
    private readonly List<HistoryEvent> early = [];
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<string?>>> waiters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True while somebody waits.</summary>
    public bool HasWaiters => waiters.Count > 0;

    /// <summary>Events that nobody has taken, in order of arrival.</summary>
    public IReadOnlyList<HistoryEvent> Unprocessed => early;

    /// <summary>Hands an event to the newest waiter, or keeps it.</summary>
    public void Raise(HistoryEvent raised)
    {
        if (waiters.TryGetValue(raised.Name!, out LinkedList<TaskCompletionSource<string?>>? waiting))
        {
            TaskCompletionSource<string?> newest = waiting.Last!.Value;
            Remove(raised.Name!, newest);
            newest.SetResult(raised.Data);
        }
        else
        {
            early.Add(raised);
        }
    }

    /// <summary>The payload of the next event of that name.</summary>
    /// <param name="name">The event.</param>
    /// <param name="mayCancel">False where a replay would not repeat the cancellation: then the wait goes on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> WaitAsync(string name, Func<bool> mayCancel, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int kept = early.FindIndex(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            string? data = early[kept].Data;
            early.RemoveAt(kept);
            return data;
        }

        TaskCompletionSource<string?> waiter = new();
        Add(name, waiter);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            if (mayCancel())
            {
                Remove(name, waiter);
                waiter.TrySetCanceled(cancellationToken);
            }
        });
        return await waiter.Task;
    }

    private void Add(string name, TaskCompletionSource<string?> waiter)
    {
        if (!waiters.TryGetValue(name, out LinkedList<TaskCompletionSource<string?>>? waiting))
        {
            waiters[name] = waiting = new();
        }

        waiting.AddLast(waiter);
    }

    private void Remove(string name, TaskCompletionSource<string?> waiter)
    {
        if (waiters.TryGetValue(name, out LinkedList<TaskCompletionSource<string?>>? waiting) && waiting.Remove(waiter) && waiting.Count == 0)
        {
            waiters.Remove(name);
        }
    }
}
