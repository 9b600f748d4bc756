namespace Trainyard.LocalHost.Durable;

/// <summary>Wakes those who wait for an instance to change its status. Thread safe.</summary>
internal sealed class InstanceWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Changed, int Waiters)> watched = new(StringComparer.Ordinal);

    /// <summary>Reads until the answer satisfies; reads again after each change.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="satisfies">Says whether to stop.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> WaitAsync<T>(string instanceId, Func<CancellationToken, Task<T>> read, Func<T, bool> satisfies, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Watching begins before reading: a change in between is not missed.
            Task changed = Watch(instanceId);
            try
            {
                T current = await read(cancellationToken);
                if (satisfies(current))
                {
                    return current;
                }

                await changed.WaitAsync(cancellationToken);
            }
            finally
            {
                Unwatch(instanceId);
            }
        }
    }

    /// <summary>Says that the instance has changed.</summary>
    public void Notify(string instanceId)
    {
        TaskCompletionSource? changed = null;
        lock (gate)
        {
            if (watched.TryGetValue(instanceId, out (TaskCompletionSource Changed, int Waiters) entry))
            {
                changed = entry.Changed;
                watched[instanceId] = (NewSource(), entry.Waiters);
            }
        }

        changed?.SetResult();
    }

    private Task Watch(string instanceId)
    {
        lock (gate)
        {
            (TaskCompletionSource changed, int waiters) = watched.TryGetValue(instanceId, out (TaskCompletionSource, int) entry) ? entry : (NewSource(), 0);
            watched[instanceId] = (changed, waiters + 1);
            return changed.Task;
        }
    }

    private void Unwatch(string instanceId)
    {
        lock (gate)
        {
            (TaskCompletionSource changed, int waiters) = watched[instanceId];
            if (waiters == 1)
            {
                watched.Remove(instanceId);
            }
            else
            {
                watched[instanceId] = (changed, waiters - 1);
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
