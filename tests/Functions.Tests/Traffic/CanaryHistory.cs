using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Pipelines;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Traffic;

/// <summary>Histories of canaries, recorded with looks that answer at once.</summary>
internal static class CanaryHistory
{
    /// <summary>The ways of a canary that are recorded.</summary>
    public static readonly string[] Ways = ["promoted", "woken", "retried", "long"];

    private const int LooksOfAShortOne = 3;

    private static readonly DateTime Start = new(2025, 11, 3, 21, 0, 0, DateTimeKind.Utc);
    private static readonly CanaryKey Key = new("default", "fruit", "01900000-0000-7000-8000-000000000005");

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/>.</summary>
    public static (RunHistory History, ExecutionEnd End) Record(string way, string version)
    {
        OrchestrationMachine machine = Build(version);
        List<HistoryEvent> events = [];
        List<HistoryEvent> arrived = [new(HistoryEventKind.ExecutionStarted, Data: DurableJson.Converter.Serialize(Key))];
        DateTime now = Start;
        int looks = 0;
        Turn turn;
        do
        {
            turn = machine.Advance(now, arrived);
            events.AddRange(turn.History);
            arrived = [];
            foreach (HistoryEvent step in turn.History.Where(each => each.IsStep))
            {
                arrived.Add(AnswerTo(step, way, ref looks));
            }

            now = now.AddSeconds(1);
        }
        while (turn.End is null);

        return (new RunHistory(version, events), turn.End);
    }

    /// <summary>Replays a history by the code as it is now.</summary>
    /// <returns>How the orchestration ends; null while it goes on.</returns>
    /// <exception cref="NonDeterminismException">The code takes other steps.</exception>
    public static ExecutionEnd? Replay(RunHistory history)
    {
        OrchestrationMachine machine = Build(history.Version);
        foreach (HistoryEvent past in history.Events)
        {
            machine.Replay(past);
        }

        return machine.Advance(Start.AddDays(1), []).End;
    }

    private static OrchestrationMachine Build(string version) => new(
        new OrchestrationIdentity(nameof(CanaryOrchestration), Key.InstanceId, version, null),
        async context => await CanaryOrchestration.RunAsync(context),
        DurableJson.Converter,
        OrchestrationLimits.Default,
        NullLoggerFactory.Instance);

    private static HistoryEvent AnswerTo(HistoryEvent step, string way, ref int looks)
    {
        if (step.Kind == HistoryEventKind.TimerCreated)
        {
            return way == "woken"
                ? new HistoryEvent(HistoryEventKind.EventRaised, Name: CanaryOrchestration.WakeEvent)
                : new HistoryEvent(HistoryEventKind.TimerFired, step.TaskId);
        }

        Assert.Equal(nameof(CanaryActivities.LookAtCanary), step.Name);
        if (way == "retried" && looks++ == 0)
        {
            return new HistoryEvent(
                HistoryEventKind.ActivityFailed,
                step.TaskId,
                step.Name,
                Failures.Serialize(Failures.FromException(new IOException("The store is away."), OrchestrationLimits.DefaultErrorCharacters)));
        }

        looks++;
        bool isOver = way != "long" && looks >= LooksOfAShortOne;
        CanaryLook look = new(isOver, isOver ? "promoted" : "running", WaitSeconds: 60);
        return new HistoryEvent(HistoryEventKind.ActivityCompleted, step.TaskId, step.Name, DurableJson.Converter.Serialize(look));
    }
}
