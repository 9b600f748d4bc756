using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Drives a machine by hand: no engine, no storage, no time but the one given.</summary>
internal sealed class Simulation
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly Func<TaskOrchestrationContext, Task<object?>> orchestrator;
    private OrchestrationMachine machine;

    public Simulation(Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        this.orchestrator = orchestrator;
        machine = Build();
    }

    public DateTime Clock { get; private set; } = Start;

    public List<HistoryEvent> History { get; } = [];

    public Turn? Last { get; private set; }

    public ExecutionEnd? End => Last?.End;

    public IEnumerable<HistoryEvent> Steps => History.Where(each => each.IsStep);

    public OrchestrationMachine Build() => Build(orchestrator);

    public static OrchestrationMachine Build(Func<TaskOrchestrationContext, Task<object?>> orchestrator, OrchestrationLimits? limits = null) => new(
        new OrchestrationIdentity("Subject", "subject-1", "2.0", null),
        orchestrator,
        DurableJson.Converter,
        limits ?? OrchestrationLimits.Default,
        NullLoggerFactory.Instance);

    public Simulation Begin(object? input = null) => Turn(new HistoryEvent(HistoryEventKind.ExecutionStarted, Data: DurableJson.Converter.Serialize(input)));

    public Simulation Turn(params HistoryEvent[] arrived)
    {
        Clock += TimeSpan.FromSeconds(1);
        Last = machine.Advance(Clock, arrived);
        History.AddRange(Last.History);
        return this;
    }

    /// <summary>Throws the machine away and rebuilds it from its history.</summary>
    public Simulation Forget()
    {
        machine = Build();
        History.ForEach(machine.Replay);
        return this;
    }

    public static HistoryEvent Completed(int task, object? result) =>
        new(HistoryEventKind.ActivityCompleted, task, "Any", DurableJson.Converter.Serialize(result));

    public static HistoryEvent Failed(int task, Exception exception) =>
        new(HistoryEventKind.ActivityFailed, task, "Any", Failures.Serialize(Failures.FromException(exception, OrchestrationLimits.DefaultErrorCharacters)));

    public static HistoryEvent Fired(int task) => new(HistoryEventKind.TimerFired, task);

    public static HistoryEvent Raised(string name, object? payload) =>
        new(HistoryEventKind.EventRaised, Name: name, Data: DurableJson.Converter.Serialize(payload));
}
