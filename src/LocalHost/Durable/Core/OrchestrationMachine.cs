using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>One execution of an orchestrator as a state machine: history events in, decisions out.</summary>
/// <remarks>
/// Pure: no input or output, no clock, no thread of its own. The same events in the same order give the same decisions,
/// so an execution can be dropped at any time and rebuilt with <see cref="Replay"/>. Not thread safe. A machine whose
/// turn was not stored must be thrown away.
/// </remarks>
internal sealed class OrchestrationMachine
{
    private const string OffTurn =
        "The orchestration context was used outside the orchestrator's own flow. Await only what the context gives, cancel with Cancel and neither CancelAsync nor CancelAfter, and move other work into an activity.";

    private readonly Func<TaskOrchestrationContext, Task<object?>> orchestrator;
    private readonly OrchestrationContext context;
    private readonly TurnScheduler scheduler = new();
    private readonly Dictionary<int, TaskCompletionSource<string?>> open = [];
    private readonly Queue<HistoryEvent> issued = new();
    private readonly Queue<HistoryEvent> heldBack = new();
    private readonly HashSet<int> openTimers = [];
    private readonly List<int> cancelledTimers = [];
    private readonly int maxErrorCharacters;
    private Task<object?>? main;
    private int nextTaskId;
    private ContinueAsNewOptions? continuation;
    private ExecutionEnd? end;
    private bool suspended;
    private bool setsCustomStatus;
    private volatile bool misused;

    /// <summary>Builds an execution that has not begun.</summary>
    /// <param name="identity">What it knows of itself.</param>
    /// <param name="orchestrator">The code.</param>
    /// <param name="converter">Turns payloads into text and back.</param>
    /// <param name="limits">How large payloads may be.</param>
    /// <param name="loggers">Where replay-safe loggers write.</param>
    public OrchestrationMachine(
        OrchestrationIdentity identity,
        Func<TaskOrchestrationContext, Task<object?>> orchestrator,
        DataConverter converter,
        OrchestrationLimits limits,
        ILoggerFactory loggers)
    {
        this.orchestrator = orchestrator;
        maxErrorCharacters = limits.ErrorCharacters;
        context = new OrchestrationContext(this, identity, new PayloadCodec(converter, limits), loggers);
    }

    /// <summary>Events from outside.</summary>
    public ExternalEvents Events { get; } = new();

    /// <summary>The moment of the current turn (UTC).</summary>
    public DateTime Now { get; private set; }

    /// <summary>True while past events are repeated.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>True when the orchestrator has begun.</summary>
    public bool IsStarted => main is not null;

    /// <summary>The custom status as JSON, or null.</summary>
    public string? CustomStatus
    {
        get;
        set
        {
            field = value;
            setsCustomStatus = true;
        }
    }

    /// <summary>True when a completion of that step would still be heard.</summary>
    public bool Awaits(int taskId) => open.ContainsKey(taskId);

    /// <summary>Repeats one past event. Events come in the order they were stored.</summary>
    /// <exception cref="NonDeterminismException">The code did something else than the history says.</exception>
    public void Replay(HistoryEvent past)
    {
        IsReplaying = true;
        if (past.IsStep)
        {
            Confirm(past);
        }
        else if (past.Kind == HistoryEventKind.TurnStarted)
        {
            ThrowIfUnconfirmed();
            Now = past.At;
        }
        else if (past.Kind != HistoryEventKind.ExecutionCompleted)
        {
            Apply(past);
        }
    }

    /// <summary>Gives the orchestrator a turn with what has arrived since the last.</summary>
    /// <param name="now">The clock (UTC); the orchestrator's own clock never runs backwards.</param>
    /// <param name="arrived">New events, in order.</param>
    /// <exception cref="NonDeterminismException">The replay before left steps that the history does not have.</exception>
    public Turn Advance(DateTime now, IReadOnlyList<HistoryEvent> arrived)
    {
        ThrowIfUnconfirmed();
        IsReplaying = false;
        cancelledTimers.Clear();
        Now = now > Now ? now : Now;
        List<HistoryEvent> history = [new(HistoryEventKind.TurnStarted) { At = Now }];
        List<HistoryEvent> late = [];
        foreach (HistoryEvent next in arrived)
        {
            if (end is not null)
            {
                late.Add(next);
                continue;
            }

            history.Add(next);
            Apply(next);
        }

        history.AddRange(issued);
        issued.Clear();
        if (end is not null)
        {
            end = WithCarriedEvents(end, late);
            cancelledTimers.AddRange(openTimers);
            history.Add(Completion(end));
        }

        return new Turn(history, [.. cancelledTimers], CustomStatus, suspended && end is null, end) { KeepsCustomStatus = !setsCustomStatus };
    }

    /// <summary>Records a step that the orchestrator takes and returns what completes it.</summary>
    internal Task<string?> Issue(HistoryEvent step, bool completes = true)
    {
        ThrowIfOffTurn();
        int taskId = nextTaskId++;
        issued.Enqueue(step with { TaskId = taskId });
        if (!completes)
        {
            return Task.FromResult<string?>(null);
        }

        TaskCompletionSource<string?> completion = new(taskId);
        open.Add(taskId, completion);
        if (step.Kind == HistoryEventKind.TimerCreated)
        {
            openTimers.Add(taskId);
        }

        return completion.Task;
    }

    /// <summary>Forgets a timer whose token was cancelled: by Cancel, since CancelAsync leaves the orchestrator's thread.</summary>
    internal void CancelTimer(Task<string?> timer, CancellationToken cancellationToken)
    {
        if (!MayCancel())
        {
            return;
        }

        int taskId = (int)timer.AsyncState!;
        if (Take(taskId) is { } waiting)
        {
            cancelledTimers.Add(taskId);
            waiting.SetCanceled(cancellationToken);
        }
    }

    /// <summary>Another execution follows when the orchestrator returns.</summary>
    internal void ContinueAsNew(ContinueAsNewOptions options)
    {
        ThrowIfOffTurn();
        continuation = options;
    }

    /// <summary>Whether a wait may end here; where a replay would not repeat it, the execution fails at its next turn.</summary>
    /// <remarks>Does not throw: who cancels may be a system timer, on whose thread an exception would end the process.</remarks>
    internal bool MayCancel()
    {
        misused |= !scheduler.IsOnTurn;
        return !misused;
    }

    /// <summary>Guards against calls from threads and tasks that a replay would not repeat.</summary>
    internal void ThrowIfOffTurn()
    {
        if (!scheduler.IsOnTurn)
        {
            throw new InvalidOperationException(OffTurn);
        }
    }

    private void Apply(HistoryEvent next)
    {
        bool steers = next.Kind is HistoryEventKind.Suspended or HistoryEventKind.Resumed or HistoryEventKind.Terminated;
        if (suspended && !steers)
        {
            heldBack.Enqueue(next);
            return;
        }

        scheduler.Run(() => Dispatch(next));
        while (!suspended && end is null && heldBack.TryDequeue(out HistoryEvent? held))
        {
            scheduler.Run(() => Dispatch(held));
        }

        end ??= main switch
        {
            _ when misused => AwaitsOutside(OffTurn),
            { IsCompleted: true } => Finish(main),
            not null when !suspended && open.Count == 0 && !Events.HasWaiters => AwaitsOutside(
                "The orchestrator awaits something that its context did not give (a delay, an I/O call, a task of its own), which cannot be replayed. Move it into an activity."),
            _ => null,
        };
    }

    private void Dispatch(HistoryEvent next)
    {
        switch (next.Kind)
        {
            case HistoryEventKind.ExecutionStarted:
                context.SerializedInput = next.Data;
                _ = Task.Factory.StartNew(() => main = Start(), CancellationToken.None, TaskCreationOptions.None, scheduler);
                break;
            case HistoryEventKind.ActivityCompleted or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.TimerFired:
                Take(next.TaskId)?.SetResult(next.Data);
                break;
            case HistoryEventKind.ActivityFailed or HistoryEventKind.SubOrchestrationFailed:
                Take(next.TaskId)?.SetException(new TaskFailedException(next.Name!, next.TaskId, Failures.Deserialize(next.Data!)));
                break;
            case HistoryEventKind.EventRaised:
                Events.Raise(next);
                break;
            case HistoryEventKind.Suspended or HistoryEventKind.Resumed:
                suspended = next.Kind == HistoryEventKind.Suspended;
                break;
            case HistoryEventKind.Terminated:
                end = new(OrchestrationRuntimeStatus.Terminated, next.Data, null) { TerminatesChildren = next.Detail is not null };
                break;
            default:
                throw new InvalidOperationException($"A {next.Kind} cannot arrive.");
        }
    }

    // An orchestrator that throws before its first await fails like one that throws later.
    private async Task<object?> Start() => await orchestrator(context);

    private TaskCompletionSource<string?>? Take(int taskId)
    {
        openTimers.Remove(taskId);
        return open.Remove(taskId, out TaskCompletionSource<string?>? waiting) ? waiting : null;
    }

    private ExecutionEnd Finish(Task<object?> finished)
    {
        try
        {
            object? output = finished.GetAwaiter().GetResult();
            return continuation is null
                ? new(OrchestrationRuntimeStatus.Completed, context.Serialize(output, "output"), null)
                : new(ExecutionEnd.ContinuedAsNew, context.Serialize(continuation.NewInput, "input"), null) { NewVersion = continuation.NewVersion };
        }
        catch (Exception exception)
        {
            return new(OrchestrationRuntimeStatus.Failed, null, Failures.FromException(exception, maxErrorCharacters));
        }
    }

    private static ExecutionEnd AwaitsOutside(string message) =>
        new(OrchestrationRuntimeStatus.Failed, null, Failures.Create("orchestrator_awaits_outside", message));

    private ExecutionEnd WithCarriedEvents(ExecutionEnd ended, List<HistoryEvent> late)
    {
        if (ended.Status != ExecutionEnd.ContinuedAsNew)
        {
            return ended;
        }

        // What steers the instance is never lost; events are, when the orchestrator says so.
        IEnumerable<HistoryEvent> carried = Events.Unprocessed.Concat(late).Where(each => each.Kind switch
        {
            HistoryEventKind.EventRaised => continuation!.PreserveUnprocessedEvents,
            HistoryEventKind.Suspended or HistoryEventKind.Resumed or HistoryEventKind.Terminated => true,
            _ => false,
        });
        return ended with { CarriedEvents = [.. carried] };
    }

    private static HistoryEvent Completion(ExecutionEnd ended) =>
        new(HistoryEventKind.ExecutionCompleted, Data: ended.Failure is { } failure ? Failures.Serialize(failure) : ended.Output)
        {
            Detail = ended.Status.ToString(),
        };

    private void Confirm(HistoryEvent past)
    {
        HistoryEvent? step = issued.TryDequeue(out HistoryEvent? taken) ? taken : null;
        if (step is null || step.Kind != past.Kind || step.TaskId != past.TaskId || !string.Equals(step.Name, past.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new NonDeterminismException(NonDeterminismException.Describe(past), NonDeterminismException.Describe(step));
        }
    }

    private void ThrowIfUnconfirmed()
    {
        if (issued.TryPeek(out HistoryEvent? extra))
        {
            throw new NonDeterminismException(NonDeterminismException.Describe(null), NonDeterminismException.Describe(extra));
        }
    }
}
