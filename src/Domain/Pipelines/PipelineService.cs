using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Schedules;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines;

/// <summary>Creates, reads and changes pipelines, and records their runs. Thread safe.</summary>
/// <remarks>
/// Every change is one atomic commit guarded by ETags; two callers never overwrite each other. A pipeline has one run at a
/// time: triggering one whose run is under way is refused (<c>run_active</c>), a slot that falls due meanwhile waits for its end.
/// </remarks>
/// <param name="documents">Where pipelines are stored.</param>
/// <param name="inspector">Checks datasets.</param>
/// <param name="files">What runs wrote.</param>
/// <param name="time">The clock.</param>
public sealed class PipelineService(IDocumentStore documents, IDatasetInspector inspector, RunFiles files, TimeProvider time)
{
    private readonly PipelineStore store = new(documents, new PipelineIndices(documents));
    private readonly RunStepStore steps = new(documents);

    /// <summary>Creates a pipeline, after its definition was checked against the data it names.</summary>
    /// <exception cref="Problems.ProblemException">The first field at fault; or the dataset cannot be found or learnt from.</exception>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">Its id: a new one, or that of an interrupted creation, which is then finished.</param>
    /// <param name="definition">What is asked for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Pipeline> CreateAsync(TenantId tenant, string id, PipelineDefinition definition, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DefinitionRules.Check(definition);
        Schedule? schedule = DefinitionRules.ReadSchedule(definition.Schedule, now);
        InspectedDataset data = await inspector.InspectAsync(tenant, definition.DatasetUri!, new TargetChoice(definition.TargetColumn, definition.ModelType, definition.TimeColumn), cancellationToken);
        (MetricInfo metric, double threshold) = DefinitionRules.Complete(definition, data.Target);
        PipelineSettings settings = new(
            definition.ModelName!, definition.DatasetUri!, definition.TargetColumn, metric.Name, threshold,
            definition.AutoDeploy ?? false, definition.Seed ?? PipelineDefaults.Seed)
        {
            Monotone = definition.Monotone,
            PersonalColumns = definition.PersonalColumns,
            ModelType = definition.ModelType,
            TimeBudgetSeconds = definition.TimeBudgetSeconds,
            Forecast = ForecastRules.Read(definition),
        };
        RunKinds.Of(settings).Check(settings, data);
        DefinitionRules.CheckPersonal(settings.PersonalColumns ?? [], data.Table.Schema);
        Pipeline pipeline = new()
        {
            Id = id,
            Settings = settings,
            Schedule = schedule?.Text,
            CreatedAt = now,
            NextRun = schedule?.NextAfter(now, now),
        };
        PipelineChange? change = await store.ChangeAsync(tenant, id, null, state => state.Pipeline is null ? new PipelineChange(pipeline) : null, cancellationToken);
        return change?.Pipeline ?? await GetAsync(tenant, id, cancellationToken);
    }

    /// <summary>One pipeline.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>.</exception>
    public async Task<Pipeline> GetAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken) =>
        PipelineRules.Existing(await ReadAsync(tenant, pipelineId, null, cancellationToken), pipelineId);

    /// <summary>One pipeline; null when there is none, or it is being removed.</summary>
    public async Task<Pipeline?> FindAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken) =>
        (await ReadAsync(tenant, pipelineId, null, cancellationToken)).Pipeline is { Status: not PipelineStatus.Deleting } pipeline ? pipeline : null;

    /// <summary>A page of pipelines in order of id, which is that of their creation.</summary>
    public async Task<ResultPage<Pipeline>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<Pipeline> found = await store.ListAsync(tenant, page, cancellationToken);
        return found with { Items = [.. found.Items.Where(pipeline => pipeline.Status != PipelineStatus.Deleting)] };
    }

    /// <summary>Sets the gate for the runs to come.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>threshold_out_of_range</c>.</exception>
    public Task<Pipeline> SetThresholdAsync(TenantId tenant, string pipelineId, double threshold, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, pipelineId, state => PipelineRules.SetThreshold(state, pipelineId, threshold), cancellationToken);

    /// <summary>Rests the schedule; a run that is under way goes on, and the pipeline can still be triggered.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>.</exception>
    public Task<Pipeline> PauseAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, pipelineId, state => PipelineRules.Pause(state, pipelineId), cancellationToken);

    /// <summary>Takes the schedule up again; slots that passed while it rested are not made up for.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>.</exception>
    public Task<Pipeline> ResumeAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, pipelineId, state => PipelineRules.Resume(state, pipelineId, time.GetUtcNow()), cancellationToken);

    /// <summary>Deletes a pipeline with its runs and history; the versions that it registered stay.</summary>
    /// <remarks>It is hidden first and removed last, so a deletion that was interrupted is finished by asking again.</remarks>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>run_active</c>.</exception>
    public async Task DeleteAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken)
    {
        RequireId(pipelineId);
        await store.ChangeAsync(tenant, pipelineId, null, state => PipelineRules.BeginDelete(state, pipelineId), cancellationToken);
        await store.RemoveAsync(tenant, pipelineId, files.DeleteOwnAsync, cancellationToken);
    }

    /// <summary>Records a run and starts it. A crash between the two is made good by <see cref="PipelineScheduler"/>.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>run_active</c>.</exception>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="pipelineId">The pipeline.</param>
    /// <param name="requestId">Names the request: asked again under the same, the same run is answered.</param>
    /// <param name="orchestrations">Runs it.</param>
    /// <param name="cancellationToken">Cancels the call, not the run.</param>
    public async Task<PipelineRun> TriggerAsync(
        TenantId tenant, string pipelineId, string requestId, IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        RequireId(pipelineId);
        DateTimeOffset now = time.GetUtcNow();
        RunId id = await store.FindRequestAsync(tenant, pipelineId, requestId, cancellationToken) ?? RunId.Manual(now, requestId);
        PipelineChange? change = await store.ChangeAsync(tenant, pipelineId, id, state => RunRules.Trigger(state, pipelineId, id, requestId, now), cancellationToken);
        PipelineRun run = change?.Run ?? await GetRunAsync(tenant, pipelineId, id.ToString(), cancellationToken);
        await orchestrations.StartAsync(new RunKey(tenant.Value, pipelineId, run.Id), cancellationToken);
        return run;
    }

    /// <summary>Asks for a run's cancellation: steps that are under way stop within about a second, and it ends once it is undone. Asking again changes nothing.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>run_not_found</c>, <c>run_ended</c>.</exception>
    public async Task<PipelineRun> CancelRunAsync(
        TenantId tenant, string pipelineId, string runId, IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        PipelineRun known = await GetRunAsync(tenant, pipelineId, runId, cancellationToken);
        RunId id = RequireRunId(runId);
        DateTimeOffset now = time.GetUtcNow();
        PipelineChange? change = await store.ChangeAsync(tenant, pipelineId, id, state => RunRules.RequestCancel(state, runId, now), cancellationToken);
        await orchestrations.CancelAsync(new RunKey(tenant.Value, pipelineId, runId), cancellationToken);
        return change?.Run ?? known;
    }

    /// <summary>One run.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>run_not_found</c>.</exception>
    public async Task<PipelineRun> GetRunAsync(TenantId tenant, string pipelineId, string runId, CancellationToken cancellationToken)
    {
        RunId? id = RunId.TryParse(runId, out RunId parsed) ? parsed : null;
        PipelineSnapshot state = await ReadAsync(tenant, pipelineId, id, cancellationToken);
        PipelineRules.Existing(state, pipelineId);
        return state.Run ?? throw PipelineProblems.RunNotFound(runId);
    }

    /// <summary>One run with its steps and, once measured, its evaluation.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>, <c>run_not_found</c>.</exception>
    public async Task<RunView> ViewRunAsync(TenantId tenant, string pipelineId, string runId, CancellationToken cancellationToken)
    {
        PipelineRun run = await GetRunAsync(tenant, pipelineId, runId, cancellationToken);
        RunKey key = new(tenant.Value, pipelineId, run.Id);
        return new RunView(run, await ListStepsAsync(key, cancellationToken), await files.ReadEvaluationAsync(key, cancellationToken));
    }

    /// <summary>The run that was recorded last; null before the first, and for a pipeline that is not there.</summary>
    public async Task<PipelineRun?> FindLatestRunAsync(TenantId tenant, string pipelineId, CancellationToken cancellationToken) =>
        (await store.ListRunsAsync(tenant, pipelineId, PageRequest.Create(1, null), cancellationToken)).Items.FirstOrDefault();

    /// <summary>The steps that a run has taken so far, in order.</summary>
    public Task<IReadOnlyList<RunStep>> ListStepsAsync(RunKey run, CancellationToken cancellationToken) => steps.ListAsync(run, cancellationToken);

    /// <summary>A page of runs, newest first by the moment that they stand for.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>.</exception>
    public async Task<ResultPage<PipelineRun>> ListRunsAsync(TenantId tenant, string pipelineId, PageRequest page, CancellationToken cancellationToken)
    {
        await GetAsync(tenant, pipelineId, cancellationToken);
        return await store.ListRunsAsync(tenant, pipelineId, page, cancellationToken);
    }

    /// <summary>The metrics history: the newest runs that were measured, oldest first.</summary>
    /// <exception cref="Problems.ProblemException"><c>pipeline_not_found</c>.</exception>
    public async Task<PipelineHistory> GetHistoryAsync(TenantId tenant, string pipelineId, PageRequest page, CancellationToken cancellationToken)
    {
        Pipeline pipeline = await GetAsync(tenant, pipelineId, cancellationToken);
        ResultPage<RunMetrics> newestFirst = await store.ListMetricsAsync(tenant, pipelineId, page, cancellationToken);
        return PipelineHistory.Of(pipeline, [.. newestFirst.Items.Reverse()]);
    }

    private async Task<Pipeline> ChangeAsync(TenantId tenant, string pipelineId, Func<PipelineSnapshot, PipelineChange?> rule, CancellationToken cancellationToken)
    {
        RequireId(pipelineId);
        PipelineChange? change = await store.ChangeAsync(tenant, pipelineId, null, rule, cancellationToken);
        return change?.Pipeline ?? await GetAsync(tenant, pipelineId, cancellationToken);
    }

    private Task<PipelineSnapshot> ReadAsync(TenantId tenant, string pipelineId, RunId? run, CancellationToken cancellationToken)
    {
        RequireId(pipelineId);
        return store.ReadAsync(tenant, pipelineId, run, cancellationToken);
    }

    // Ids come from routes: what cannot be one is not asked of the store, whose keys have bounds of their own.
    private static void RequireId(string pipelineId) => ResourceName.Require(pipelineId, "pipeline_id");

    private static RunId RequireRunId(string runId) => RunId.TryParse(runId, out RunId id) ? id : throw PipelineProblems.RunNotFound(runId);
}
