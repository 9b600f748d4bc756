using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>Runs activities, a bounded number at once; the rest waits in order. Thread safe.</summary>
/// <remarks>
/// A call is in it once: adding it again while it waits or runs changes nothing. What processes have died around runs one
/// at a time, so that the next death says which of them it was.
/// </remarks>
internal sealed class ActivityPump
{
    private readonly Channel<PendingActivity> waiting = Channel.CreateUnbounded<PendingActivity>();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoning = new();
    private readonly Lock gate = new();
    private readonly HashSet<(long Execution, int TaskId)> inside = [];
    private readonly HashSet<long> terminated = [];
    private readonly HashSet<(long Execution, int TaskId)> found = [];
    private readonly Queue<PendingActivity> suspects = [];
    private readonly DurableCatalog catalog;
    private readonly PayloadCodec codec;
    private readonly DurableOptions options;
    private readonly ActivityRestarts restarts;
    private readonly Action<Delivery> deliver;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private Task workers = Task.CompletedTask;

    /// <summary>A pump that stands still.</summary>
    public ActivityPump(DurableCatalog catalog, DurableOptions options, ActivityRestarts restarts, TimeProvider time, Action<Delivery> deliver, ILogger logger)
    {
        this.catalog = catalog;
        this.options = options;
        this.restarts = restarts;
        this.deliver = deliver;
        this.logger = logger;
        this.time = time;
        codec = new PayloadCodec(DurableJson.Converter, options.Limits);
    }

    /// <summary>Begins to run what waits.</summary>
    public void Start() => workers = Task.WhenAll(Enumerable.Range(0, options.MaxConcurrentActivities).Select(number => Task.Run(() => WorkAsync(number == 0))));

    /// <summary>Adds an activity that was found without an outcome. Only before the start.</summary>
    public void AddFound(PendingActivity activity)
    {
        lock (gate)
        {
            if (!inside.Add(activity.Call))
            {
                return;
            }

            found.Add(activity.Call);
            if (activity.Restarts > 0)
            {
                suspects.Enqueue(activity);
            }
            else
            {
                waiting.Writer.TryWrite(activity);
            }
        }
    }

    /// <summary>Adds an activity, unless it waits or runs already.</summary>
    public void Add(PendingActivity activity)
    {
        lock (gate)
        {
            if (inside.Add(activity.Call))
            {
                waiting.Writer.TryWrite(activity);
            }
        }
    }

    /// <summary>Skips what waits of an execution that was terminated.</summary>
    public void Skip(long execution)
    {
        lock (gate)
        {
            terminated.Add(execution);
        }
    }

    /// <summary>Begins no further activity, waits for those that run, and cancels them when the time is up.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="hurry">Says that the time is up.</param>
    public async Task StopAsync(TimeSpan patience, CancellationToken hurry)
    {
        await stopping.CancelAsync();
        try
        {
            await workers.WaitAsync(patience, time, hurry);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await abandoning.CancelAsync();
            DurableLog.ActivitiesAbandoned(logger);
        }
    }

    private async Task WorkAsync(bool takesSuspects)
    {
        try
        {
            while (takesSuspects && !stopping.IsCancellationRequested && TryTakeSuspect(out PendingActivity? suspect))
            {
                await RunAsync(suspect);
            }

            while (await waiting.Reader.WaitToReadAsync(stopping.Token))
            {
                while (!stopping.IsCancellationRequested && TryTake(out PendingActivity? activity))
                {
                    await RunAsync(activity);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What still waits is in the outbox; the next start finds it there.
        }
    }

    private bool TryTakeSuspect([NotNullWhen(true)] out PendingActivity? activity)
    {
        lock (gate)
        {
            while (suspects.TryDequeue(out activity))
            {
                if (!terminated.Contains(activity.Execution))
                {
                    return true;
                }

                inside.Remove(activity.Call);
            }

            return false;
        }
    }

    private bool TryTake([NotNullWhen(true)] out PendingActivity? activity)
    {
        while (waiting.Reader.TryRead(out activity))
        {
            lock (gate)
            {
                if (!terminated.Contains(activity.Execution))
                {
                    return true;
                }

                inside.Remove(activity.Call);
            }
        }

        lock (gate)
        {
            if (suspects.Count == 0)
            {
                terminated.Clear();
            }
        }

        return false;
    }

    private async Task RunAsync(PendingActivity activity)
    {
        HistoryEvent outcome;
        try
        {
            if (TakeFound(activity))
            {
                await restarts.BeginAsync(activity);
            }

            outcome = new(HistoryEventKind.ActivityCompleted, activity.TaskId, activity.Name, await InvokeAsync(activity));
        }
        catch (Exception) when (abandoning.IsCancellationRequested)
        {
            // Cancelled, or failed because the host is taken down around it: that is no outcome. It runs again.
            return;
        }
        catch (Exception exception)
        {
            DurableLog.ActivityFailedHere(logger, activity.Name, activity.InstanceId, activity.TaskId, exception);
            TaskFailureDetails failure = exception is DurableException { Code: RetryLoop.UnknownName or RetryLoop.KillsProcess } hopeless
                ? Failures.Create(hopeless.Code, hopeless.Message)
                : Failures.FromException(exception, options.Limits.ErrorCharacters);
            DurableLog.ActivityFailed(logger, activity.Name, activity.InstanceId, activity.TaskId, failure.ErrorType, failure.ErrorMessage);
            outcome = new(HistoryEventKind.ActivityFailed, activity.TaskId, activity.Name, Failures.Serialize(failure));
        }

        restarts.End(activity);

        // Out before the outcome is told: when the turn that uses it is lost, the activity is added again.
        lock (gate)
        {
            inside.Remove(activity.Call);
        }

        deliver(new Delivery(0, activity.InstanceId, activity.Execution, outcome));
    }

    private bool TakeFound(PendingActivity activity)
    {
        lock (gate)
        {
            return found.Remove(activity.Call);
        }
    }

    private async Task<string?> InvokeAsync(PendingActivity activity)
    {
        Func<ActivityCall, CancellationToken, Task<object?>> invoke = catalog.FindActivity(activity.Name)
            ?? throw new DurableException(RetryLoop.UnknownName, $"There is no activity '{activity.Name}'.");
        object? result = await invoke(new ActivityCall(activity.Name, activity.InstanceId, activity.TaskId, activity.Input) { Trace = activity.Trace }, abandoning.Token);
        return codec.Serialize(result, $"result of activity '{activity.Name}'");
    }
}
