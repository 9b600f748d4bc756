using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Keeps the heads of runs while their steps are taken. Every call may be repeated. Thread safe.</summary>
/// <param name="documents">Where runs are stored.</param>
/// <param name="time">The clock.</param>
public sealed class RunBook(IDocumentStore documents, TimeProvider time)
{
    private readonly PipelineStore store = new(documents, new PipelineIndices(documents));
    private readonly RunStepStore steps = new(documents);

    /// <summary>Marks a run as running.</summary>
    public async Task<RunBeginning> BeginAsync(RunKey run, CancellationToken cancellationToken)
    {
        await ChangeAsync(run, state => RunRules.Begin(state, time.GetUtcNow()), cancellationToken);
        PipelineRun? begun = await FindAsync(run, cancellationToken);
        return begun.IsClosed()
            ? new RunBeginning(Proceed: false, CancelRequested: false, AutoDeploy: false)
            : new RunBeginning(Proceed: true, begun.CancelRequestedAt is not null, begun.Settings.AutoDeploy);
    }

    /// <summary>A run.</summary>
    /// <exception cref="ProblemException"><c>run_not_found</c>: it was removed meanwhile.</exception>
    public async Task<PipelineRun> GetAsync(RunKey run, CancellationToken cancellationToken) =>
        await FindAsync(run, cancellationToken) ?? throw PipelineProblems.RunNotFound(run.RunId);

    /// <summary>A run; null when it was removed.</summary>
    public async Task<PipelineRun?> FindAsync(RunKey run, CancellationToken cancellationToken) =>
        await store.FindRunAsync(Tenant(run), run.PipelineId, Id(run), cancellationToken);

    /// <summary>Notes the data that a run is made from.</summary>
    public Task NoteDatasetAsync(RunKey run, RunDataset dataset, CancellationToken cancellationToken) =>
        ChangeAsync(run, state => RunRules.NoteDataset(state, dataset), cancellationToken);

    /// <summary>Decides how a run shall end once what it had done is undone, and stops its steps; one that is over stays as it ended.</summary>
    /// <returns>The run; the outcome that was decided first holds.</returns>
    /// <exception cref="ProblemException"><c>run_not_found</c>: it was removed meanwhile.</exception>
    public async Task<PipelineRun> CloseAsync(RunKey run, RunOutcome ending, CancellationToken cancellationToken)
    {
        PipelineChange? change = await ChangeAsync(run, state => RunRules.Close(state, ending), cancellationToken);
        return change?.Run ?? await GetAsync(run, cancellationToken);
    }

    /// <summary>Ends a run; one that is over, or was decided to end otherwise, stays as it is.</summary>
    /// <exception cref="ProblemException"><c>run_not_found</c>: it was removed meanwhile.</exception>
    public async Task<RunEnd> EndAsync(RunKey run, RunOutcome outcome, CancellationToken cancellationToken)
    {
        PipelineChange? change = await ChangeAsync(run, state => RunRules.End(state, outcome, time.GetUtcNow()), cancellationToken);
        return new RunEnd(change?.Run ?? await GetAsync(run, cancellationToken), ByThisCall: change is not null);
    }

    /// <summary>The metrics of the newest run that was measured before this one; null when there is none.</summary>
    public async Task<RunMetrics?> PreviousAsync(RunKey run, CancellationToken cancellationToken)
    {
        // Two are enough: at most one of them is this run, when its result is recorded again.
        ResultPage<RunMetrics> newest = await store.ListMetricsAsync(Tenant(run), run.PipelineId, PageRequest.Create(2, null), cancellationToken);
        return newest.Items.FirstOrDefault(point => point.RunId != run.RunId);
    }

    /// <summary>Why the latest failed step of a run failed; null when no step did.</summary>
    public async Task<RunFailure?> FindFailureAsync(RunKey run, CancellationToken cancellationToken) =>
        (await steps.ListAsync(run, cancellationToken)).Where(step => step.Failure is not null).MaxBy(step => step.FinishedAt)?.Failure;

    /// <summary>Closes the records of steps that still run: whoever still takes them writes them no more.</summary>
    internal async Task CloseStepsAsync(RunKey run, CancellationToken cancellationToken)
    {
        await foreach (Stored<RunStep> open in steps.ReadAsync(run, cancellationToken))
        {
            if (open.Value is { Status: StepStatus.Running, Name: not StepName.Compensate } step)
            {
                await steps.SaveAsync(run, open, step with { Status = StepStatus.Cancelled, FinishedAt = time.GetUtcNow() }, cancellationToken);
            }
        }
    }

    internal static TenantId Tenant(RunKey run) =>
        TenantId.TryParse(run.Tenant, out TenantId? tenant) ? tenant : throw new ArgumentException($"'{run.Tenant}' is no tenant.", nameof(run));

    private static RunId Id(RunKey run) =>
        RunId.TryParse(run.RunId, out RunId id) ? id : throw new ArgumentException($"'{run.RunId}' is no run.", nameof(run));

    private Task<PipelineChange?> ChangeAsync(RunKey run, Func<PipelineSnapshot, PipelineChange?> rule, CancellationToken cancellationToken) =>
        store.ChangeAsync(Tenant(run), run.PipelineId, Id(run), rule, cancellationToken);
}
