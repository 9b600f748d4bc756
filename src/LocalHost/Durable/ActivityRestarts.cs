using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>
/// Counts how often activities are begun again after the process died around them, and gives up those that always take
/// the process with them. Thread safe.
/// </summary>
/// <remarks>
/// Only what an engine finds at its start is counted, each time before it runs: the first run of an activity costs no
/// write. A stop that cancels an activity is no death, and takes its count back.
/// </remarks>
/// <param name="store">The engine's file, once it is open.</param>
/// <param name="most">Restarts before an activity is given up.</param>
/// <param name="logger">Hears of what was given up.</param>
internal sealed class ActivityRestarts(Func<DurableStore> store, int most, ILogger logger)
{
    private readonly ConcurrentDictionary<(long Execution, int TaskId), PendingActivity> begun = new();

    /// <summary>Records that the activity begins again.</summary>
    /// <exception cref="DurableException"><c>activity_kills_process</c>: it was begun again too often already.</exception>
    public async Task BeginAsync(PendingActivity activity)
    {
        if (activity.Restarts >= most)
        {
            DurableLog.ActivityGivenUp(logger, activity.Name, activity.InstanceId, activity.TaskId, activity.Restarts);
            throw new DurableException(
                RetryLoop.KillsProcess,
                $"Activity '{activity.Name}' was begun {activity.Restarts + 1} times, and each time the process died before it ended. Repair it or what it is given, and start the orchestration again.");
        }

        await CountAsync(activity, 1);
        begun[activity.Call] = activity;
    }

    /// <summary>Says that the activity has ended; nothing happens when it was not begun again.</summary>
    public void End(PendingActivity activity) => begun.TryRemove(activity.Call, out _);

    /// <summary>Takes back the count of what has not ended: the process lives.</summary>
    public Task TakeBackAsync() => Task.WhenAll(begun.Values.Select(activity => CountAsync(activity, -1)));

    // A count that is missing lets an activity run once more than it should; holding it back for a full disk would be worse.
    private async Task CountAsync(PendingActivity activity, int added)
    {
        try
        {
            await store().CountRestartsAsync(activity, added);
        }
        catch (Exception failure)
        {
            DurableLog.RestartNotCounted(logger, activity.Name, activity.InstanceId, activity.TaskId, failure);
        }
    }
}
