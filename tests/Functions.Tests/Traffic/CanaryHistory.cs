using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Traffic;

/// <summary>Histories of canaries, recorded with looks that answer at once.</summary>
internal static class CanaryHistory
{
    /// <summary>The ways of a canary that are recorded.</summary>
    public static readonly string[] Ways = ["promoted", "woken", "retried", "long"];

    private const int LooksOfAShortOne = 3;

    private static readonly TrafficPlanKey Key = new("default", "fruit", "01900000-0000-7000-8000-000000000005");

    /// <summary>Records and replays.</summary>
    public static HistoryRecorder Recorder { get; } =
        new(nameof(CanaryOrchestration), DurableCanaryOrchestrations.InstanceOf(Key), Key, async context => await CanaryOrchestration.RunAsync(context));

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/>.</summary>
    public static (RecordedHistory History, ExecutionEnd End) Record(string way, string version)
    {
        int looks = 0;
        return Recorder.Record(version, step => [step.Kind == HistoryEventKind.TimerCreated ? EndOfWait(step, way) : AnswerTo(step, way, looks++)]);
    }

    private static HistoryEvent EndOfWait(HistoryEvent step, string way) => way == "woken"
        ? new HistoryEvent(HistoryEventKind.EventRaised, Name: CanaryOrchestration.WakeEvent)
        : HistoryRecorder.Fired(step);

    private static HistoryEvent AnswerTo(HistoryEvent step, string way, int looksBefore)
    {
        Assert.Equal(nameof(CanaryActivities.LookAtCanary), step.Name);
        if (way == "retried" && looksBefore == 0)
        {
            return HistoryRecorder.Failed(step, new IOException("The store is away."));
        }

        int lastLook = way == "retried" ? 1 : LooksOfAShortOne - 1;
        bool isOver = way != "long" && looksBefore >= lastLook;
        return HistoryRecorder.Completed(step, new CanaryLook(isOver, isOver ? "promoted" : "running", WaitSeconds: 60));
    }
}
