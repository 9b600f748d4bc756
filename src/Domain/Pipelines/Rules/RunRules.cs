using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>The life of a run as pure functions from what is stored to what shall be; null means that nothing is to change.</summary>
internal static class RunRules
{
    /// <summary>Records a run that a caller asked for.</summary>
    public static PipelineChange? Trigger(PipelineSnapshot state, string pipelineId, RunId run, string requestId, DateTimeOffset now)
    {
        Pipeline pipeline = PipelineRules.Existing(state, pipelineId);
        if (state.Run is not null)
        {
            return null;
        }

        return pipeline.ActiveRunId is { } active
            ? throw PipelineProblems.RunActive(active)
            : Record(pipeline, NewRun(pipeline, run, RunTrigger.Manual, null, now)) with { RequestId = requestId };
    }

    /// <summary>Records the run of a slot and moves the schedule on, in one.</summary>
    /// <param name="state">The pipeline, and the run of <paramref name="slot"/> where there is one already.</param>
    /// <param name="due">The slot that the pipeline was seen to have next; when it has another by now, nothing is to be done.</param>
    /// <param name="slot">The slot to run: <paramref name="due"/>, or the latest of those missed since.</param>
    /// <param name="now">The time.</param>
    public static PipelineChange? RunSlot(PipelineSnapshot state, DateTimeOffset due, DateTimeOffset slot, DateTimeOffset now)
    {
        if (state.Pipeline is not { Status: PipelineStatus.Active, ActiveRunId: null } pipeline || pipeline.NextRun != due)
        {
            return null;
        }

        Pipeline advanced = pipeline with { NextRun = PipelineRules.NextRun(pipeline, slot > now ? slot : now) };
        return state.Run is not null
            ? new PipelineChange(advanced)
            : Record(advanced, NewRun(pipeline, RunId.ForSlot(pipeline.Id, slot), RunTrigger.Schedule, slot, now));
    }

    /// <summary>Marks a run as running; a run that is closed, or shall be cancelled, stays as it is.</summary>
    public static PipelineChange? Begin(PipelineSnapshot state, DateTimeOffset now) =>
        state.Run is { Status: RunStatus.Queued } run && run.TakesSteps()
            ? new PipelineChange(Run: run with { Status = RunStatus.Running, StartedAt = now })
            : null;

    /// <summary>Notes the data that a run is made from.</summary>
    public static PipelineChange? NoteDataset(PipelineSnapshot state, RunDataset dataset) =>
        state.Run is { Status: RunStatus.Running, Ending: null } run && run.Dataset != dataset ? new PipelineChange(Run: run with { Dataset = dataset }) : null;

    /// <summary>Asks for a run's cancellation.</summary>
    public static PipelineChange? RequestCancel(PipelineSnapshot state, string runId, DateTimeOffset now)
    {
        PipelineRun run = state.Run ?? throw PipelineProblems.RunNotFound(runId);
        return run.Status == RunStatus.Cancelled || run.CancelRequestedAt is not null && !run.Status.IsEnd() ? null
            : run.Status.IsEnd() ? throw PipelineProblems.RunEnded(run.Id, run.Status)
            : new PipelineChange(Run: run with { CancelRequestedAt = now });
    }

    /// <summary>Decides how a run shall end once it is undone. The first to say so decides; a run that is over stays as it ended.</summary>
    public static PipelineChange? Close(PipelineSnapshot state, RunOutcome ending) =>
        state.Run is { Ending: null } run && RunTransitions.IsAllowed(run.Status, ending.Status) ? new PipelineChange(Run: run with { Ending = ending }) : null;

    /// <summary>Ends a run and frees its pipeline for the next; a run that is over, or shall end otherwise, stays as it is.</summary>
    public static PipelineChange? End(PipelineSnapshot state, RunOutcome outcome, DateTimeOffset now)
    {
        if (state.Run is not { } run || !RunTransitions.IsAllowed(run.Status, outcome.Status) || (run.Ending ?? outcome).Status != outcome.Status)
        {
            return null;
        }

        PipelineRun ended = run with
        {
            Status = outcome.Status, FinishedAt = now, Metrics = outcome.Metrics ?? run.Metrics, Artifacts = outcome.Artifacts, Failure = outcome.Failure,
        };
        RunMetrics? point = outcome.Metrics is { } metrics ? new RunMetrics(run.Id, now, metrics) : null;
        return new PipelineChange(Free(state.Pipeline, run.Id), ended, point);
    }

    private static Pipeline? Free(Pipeline? pipeline, string runId) =>
        pipeline is not null && pipeline.ActiveRunId == runId ? pipeline with { ActiveRunId = null } : null;

    private static PipelineRun NewRun(Pipeline pipeline, RunId id, RunTrigger trigger, DateTimeOffset? slot, DateTimeOffset now) => new()
    {
        Id = id.ToString(), PipelineId = pipeline.Id, Settings = pipeline.Settings, Trigger = trigger, Slot = slot, CreatedAt = now,
    };

    private static PipelineChange Record(Pipeline pipeline, PipelineRun run) =>
        new(pipeline with { TotalRuns = pipeline.TotalRuns + 1, ActiveRunId = run.Id }, run);
}
