using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Orchestrations;

/// <summary>Lets an orchestrator go without an engine, its steps answered at once, and replays what is kept of others.</summary>
/// <param name="name">The orchestrator's name.</param>
/// <param name="instanceId">The instance's id.</param>
/// <param name="input">What it is given.</param>
/// <param name="run">The orchestrator.</param>
internal sealed class HistoryRecorder(string name, string instanceId, object input, Func<TaskOrchestrationContext, Task<object?>> run)
{
    private static readonly DateTime Start = new(2025, 11, 3, 21, 0, 0, DateTimeKind.Utc);

    /// <summary>Records one way of it.</summary>
    /// <param name="version">The instance's version; empty for none.</param>
    /// <param name="answersTo">What comes back for a step.</param>
    public (RecordedHistory History, ExecutionEnd End) Record(string version, Func<HistoryEvent, IEnumerable<HistoryEvent>> answersTo)
    {
        OrchestrationMachine machine = Build(version);
        List<HistoryEvent> events = [];
        List<HistoryEvent> arrived = [new(HistoryEventKind.ExecutionStarted, Data: DurableJson.Converter.Serialize(input))];
        DateTime now = Start;
        Turn turn;
        do
        {
            turn = machine.Advance(now, arrived);
            events.AddRange(turn.History);
            arrived = [.. turn.History.Where(each => each.IsStep).SelectMany(answersTo)];
            now = now.AddSeconds(1);
        }
        while (turn.End is null);

        return (new RecordedHistory(version, events), turn.End);
    }

    /// <summary>Replays a history by the code as it is now.</summary>
    /// <returns>How the orchestration ends; null while it goes on.</returns>
    /// <exception cref="NonDeterminismException">The code takes other steps.</exception>
    public ExecutionEnd? Replay(RecordedHistory history)
    {
        OrchestrationMachine machine = Build(history.Version);
        foreach (HistoryEvent past in history.Events)
        {
            machine.Replay(past);
        }

        return machine.Advance(Start.AddDays(1), []).End;
    }

    /// <summary>A step's timer has fired.</summary>
    public static HistoryEvent Fired(HistoryEvent step) => new(HistoryEventKind.TimerFired, step.TaskId);

    /// <summary>A step's activity has answered.</summary>
    public static HistoryEvent Completed(HistoryEvent step, object answer) =>
        new(HistoryEventKind.ActivityCompleted, step.TaskId, step.Name, DurableJson.Converter.Serialize(answer));

    /// <summary>A step's activity has failed.</summary>
    public static HistoryEvent Failed(HistoryEvent step, Exception failure) => new(
        HistoryEventKind.ActivityFailed, step.TaskId, step.Name, Failures.Serialize(Failures.FromException(failure, OrchestrationLimits.DefaultErrorCharacters)));

    private OrchestrationMachine Build(string version) => new(
        new OrchestrationIdentity(name, instanceId, version, null), run, DurableJson.Converter, OrchestrationLimits.Default, NullLoggerFactory.Instance);
}
