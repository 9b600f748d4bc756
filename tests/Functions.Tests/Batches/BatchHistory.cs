using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.Learning;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Batches;

/// <summary>Histories of prediction jobs, recorded with activities that answer at once.</summary>
internal static class BatchHistory
{
    /// <summary>The ways of a job that are recorded.</summary>
    public static readonly string[] Ways = ["completed", "refused", "cancelled", "set_aside", "retried", "failed", "long"];

    private const int ShortChunks = 5;
    private const int LongChunks = BatchOrchestration.ChunksPerHistory + 50;

    private static readonly BatchKey Job = new("default", "01900000-0000-7000-8000-000000000004");

    /// <summary>Records and replays.</summary>
    public static HistoryRecorder Recorder { get; } =
        new(nameof(BatchOrchestration), Job.InstanceId, new BatchWork(Job), async context => await BatchOrchestration.RunAsync(context));

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/>.</summary>
    public static (RecordedHistory History, ExecutionEnd End) Record(string way, string version) => Recorder.Record(version, step => [AnswerTo(step, way)]);

    private static HistoryEvent AnswerTo(HistoryEvent step, string way) => (step.Name, way) switch
    {
        (null, _) => HistoryRecorder.Fired(step),
        (nameof(BatchActivities.PredictChunk), "set_aside") when step.TaskId == 2 => HistoryRecorder.Failed(step, new LearningException("model_file_invalid", "The file is no model's.")),
        (nameof(BatchActivities.PredictChunk), "retried") when step.TaskId == 2 => HistoryRecorder.Failed(step, new IOException("The store is away.")),
        (nameof(BatchActivities.FinishBatch), "failed") => HistoryRecorder.Failed(step, new LearningException("model_file_invalid", "The file is no model's.")),
        _ => HistoryRecorder.Completed(step, Answer(step, way)),
    };

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
