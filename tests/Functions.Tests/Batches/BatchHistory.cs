using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Pipelines;
using Trainyard.Learning;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Batches;

/// <summary>Histories of prediction jobs, recorded with activities that answer at once.</summary>
internal static class BatchHistory
{
    /// <summary>The ways of a job that are recorded.</summary>
    public static readonly string[] Ways = ["completed", "refused", "cancelled", "set_aside", "retried", "failed", "long"];

    private const int ShortChunks = 5;
    private const int LongChunks = BatchOrchestration.ChunksPerHistory + 50;

    private static readonly DateTime Start = new(2025, 11, 3, 21, 0, 0, DateTimeKind.Utc);
    private static readonly BatchKey Job = new("default", "01900000-0000-7000-8000-000000000004");

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/>.</summary>
    public static (RunHistory History, ExecutionEnd End) Record(string way, string version)
    {
        OrchestrationMachine machine = Build(version);
        List<HistoryEvent> events = [];
        List<HistoryEvent> arrived = [new(HistoryEventKind.ExecutionStarted, Data: DurableJson.Converter.Serialize(new BatchWork(Job)))];
        DateTime now = Start;
        Turn turn;
        do
        {
            turn = machine.Advance(now, arrived);
            events.AddRange(turn.History);
            arrived = [.. turn.History.Where(each => each.IsStep).Select(step => AnswerTo(step, way))];
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
        new OrchestrationIdentity(nameof(BatchOrchestration), Job.InstanceId, version, null),
        async context => await BatchOrchestration.RunAsync(context),
        DurableJson.Converter,
        OrchestrationLimits.Default,
        NullLoggerFactory.Instance);

    private static HistoryEvent AnswerTo(HistoryEvent step, string way) => (step.Name, way) switch
    {
        (null, _) => new HistoryEvent(HistoryEventKind.TimerFired, step.TaskId),
        (nameof(BatchActivities.PredictChunk), "set_aside") when step.TaskId == 2 => Failed(step, new LearningException("model_file_invalid", "The file is no model's.")),
        (nameof(BatchActivities.PredictChunk), "retried") when step.TaskId == 2 => Failed(step, new IOException("The store is away.")),
        (nameof(BatchActivities.FinishBatch), "failed") => Failed(step, new LearningException("model_file_invalid", "The file is no model's.")),
        _ => new HistoryEvent(HistoryEventKind.ActivityCompleted, step.TaskId, step.Name, DurableJson.Converter.Serialize(Answer(step, way))),
    };

    private static HistoryEvent Failed(HistoryEvent step, Exception failure) => new(
        HistoryEventKind.ActivityFailed, step.TaskId, step.Name, Failures.Serialize(Failures.FromException(failure, OrchestrationLimits.DefaultErrorCharacters)));

    private static object Answer(HistoryEvent step, string way) => step.Name switch
    {
        nameof(BatchActivities.BeginBatch) => way == "refused" ? BatchBeginning.Nothing : new BatchBeginning(Proceed: true, way == "long" ? LongChunks : ShortChunks, Parallelism: 2),
        nameof(BatchActivities.PredictChunk) => way != "cancelled" || step.TaskId < 3,
        nameof(BatchActivities.SetChunkAside) => true,
        nameof(BatchActivities.FinishBatch) => "Completed",
        nameof(BatchActivities.EndBatch) => "Failed",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Name, "Say here what the new activity answers."),
    };
}
