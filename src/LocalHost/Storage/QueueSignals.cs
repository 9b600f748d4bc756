using System.Collections.Concurrent;

namespace Trainyard.LocalHost.Storage;

/// <summary>Tells waiting receivers of a queue that something in it changed, so that nobody polls.</summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> next = new(StringComparer.Ordinal);

    /// <summary>Ends at the first change after this call; take it before looking at the queue, so that no change is missed.</summary>
    internal Task NextChange(string queue) => next.GetOrAdd(queue, static _ => NewSource()).Task;

    /// <summary>Wakes all who wait.</summary>
    internal void Changed(string queue)
    {
        if (next.TryRemove(queue, out TaskCompletionSource? source))
        {
            source.SetResult();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
