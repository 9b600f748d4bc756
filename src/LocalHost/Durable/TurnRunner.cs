using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>Brings an instance's machine and its stored state together for one turn.</summary>
/// <remarks>One turn of an instance at a time; turns of different instances run side by side.</remarks>
internal sealed class TurnRunner(DurableStore store, DurableCatalog catalog, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Runs and stores a turn with the mail that has arrived.</summary>
    /// <returns>What was stored, or null when nobody listened.</returns>
    /// <exception cref="DurableException"><c>turn_overtaken</c>: the slot's session is out of date.</exception>
    public async Task<(Turn Turn, StoredTurn Stored)?> RunAsync(InstanceSlot slot, IReadOnlyList<Delivery> mail)
    {
        if (await FindInstanceAsync(slot, mail) is not { IsEnded: false } instance)
        {
            slot.Session = null;
            await store.DiscardAsync(mail);
            return null;
        }

        DateTime now = time.GetUtcNow().UtcDateTime;
        OrchestrationMachine? machine = null;
        List<Delivery> heard;
        Turn turn;
        try
        {
            machine = slot.Session?.Machine ?? await RebuildAsync(instance);

            // What was read again after a failure may lie in the mailbox twice.
            heard = [.. mail.Where(delivery => IsHeard(delivery, instance, machine)).DistinctBy(delivery => (delivery.MessageId, delivery.Event.TaskId))];
            if (heard.Count == 0)
            {
                slot.Session = new InstanceSession(instance, machine);
                await store.DiscardAsync(mail);
                return null;
            }

            turn = machine.Advance(now, [.. heard.Select(delivery => delivery.Event)]);
        }
        catch (Exception exception) when (exception is NonDeterminismException or DurableException { Code: RetryLoop.UnknownName })
        {
            heard = [];
            turn = FailedTurn(now, exception);
        }

        StoredTurn stored = await store.WriteTurnAsync(
            new TurnRecord(instance, turn, StatusAfter(turn, machine), heard, [.. mail.Except(heard)], now));
        slot.Session = SessionAfter(turn, stored.Instance, machine);
        return (turn, stored);
    }

    private async Task<InstanceRow?> FindInstanceAsync(InstanceSlot slot, IReadOnlyList<Delivery> mail)
    {
        // Mail for a later execution says that the instance was replaced since it was read.
        if (slot.Session is { } session && mail.All(delivery => delivery.Execution <= session.Instance.Execution))
        {
            return session.Instance;
        }

        slot.Session = null;
        return await store.FindAsync(slot.InstanceId, CancellationToken.None);
    }

    private async Task<OrchestrationMachine> RebuildAsync(InstanceRow instance)
    {
        OrchestrationMachine machine = Build(instance);
        await store.ReadHistoryAsync(instance, machine.Replay, CancellationToken.None);
        return machine;
    }

    private OrchestrationMachine Build(InstanceRow instance)
    {
        Func<TaskOrchestrationContext, Task<object?>> orchestrator = catalog.FindOrchestrator(instance.Name)
            ?? throw new DurableException(RetryLoop.UnknownName, $"There is no orchestrator '{instance.Name}'.");
        ParentOrchestrationInstance? parent = instance.Parent is { } link ? new(link.Name, link.InstanceId) : null;
        OrchestrationIdentity identity = new(instance.Name, instance.InstanceId, instance.Version, parent) { DefaultVersion = options.DefaultVersion };
        return new OrchestrationMachine(identity, orchestrator, DurableJson.Converter, options.Limits, loggers);
    }

    private static bool IsHeard(Delivery delivery, InstanceRow instance, OrchestrationMachine machine) =>
        (delivery.Execution == Delivery.AnyExecution || delivery.Execution == instance.Execution)
        && (delivery.Event.TaskId == HistoryEvent.NoTask || machine.Awaits(delivery.Event.TaskId));

    private Turn FailedTurn(DateTime now, Exception cause)
    {
        TaskFailureDetails failure = cause is DurableException unknown
            ? Failures.Create(unknown.Code, unknown.Message)
            : Failures.FromException(cause, options.Limits.ErrorCharacters);
        HistoryEvent completed = new(HistoryEventKind.ExecutionCompleted, Data: Failures.Serialize(failure))
        {
            Detail = nameof(OrchestrationRuntimeStatus.Failed),
        };
        ExecutionEnd end = new(OrchestrationRuntimeStatus.Failed, null, failure);
        return new Turn([new(HistoryEventKind.TurnStarted) { At = now }, completed], [], null, false, end) { KeepsCustomStatus = true };
    }

    private static OrchestrationRuntimeStatus StatusAfter(Turn turn, OrchestrationMachine? machine) => turn switch
    {
        { End: { Status: not ExecutionEnd.ContinuedAsNew } end } => end.Status,
        { IsSuspended: true } => OrchestrationRuntimeStatus.Suspended,
        _ when machine is { IsStarted: true } => OrchestrationRuntimeStatus.Running,
        _ => OrchestrationRuntimeStatus.Pending,
    };

    private InstanceSession? SessionAfter(Turn turn, InstanceRow instance, OrchestrationMachine? machine) => turn.End switch
    {
        _ when options.CachedSessions == 0 => null,
        null => new InstanceSession(instance, machine!),
        { Status: ExecutionEnd.ContinuedAsNew } => new InstanceSession(instance, Build(instance)),
        _ => null,
    };
}
