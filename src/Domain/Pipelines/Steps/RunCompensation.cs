using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Ends runs that fail or are cancelled, in whatever way: what they had done is undone first. Thread safe.</summary>
/// <remarks>
/// Closing the run comes first and is one conditional write; a run that ended before stays as it is. From then on none of its
/// steps begins, and what a step does that is still under way does not last: the registry refuses it, its record is closed,
/// and the step removes its own files when it finds the run closed. The run ends last. So a crash in between leaves a run
/// that is closed and open to be undone again, which changes nothing that is undone already; two who undo at once likewise.
/// </remarks>
/// <param name="book">The heads of runs.</param>
/// <param name="recorder">Keeps the records of steps.</param>
/// <param name="leftovers">Removes files.</param>
/// <param name="registry">Versions and deployments.</param>
/// <param name="audit">Told of what is taken back.</param>
public sealed class RunCompensation(RunBook book, StepRecorder recorder, RunLeftovers leftovers, ModelRegistry registry, RunAudit audit)
{
    /// <summary>Undoes a run after one of its steps failed, or its cancellation was asked for; a failed run says which step and why.</summary>
    /// <param name="run">The run.</param>
    /// <param name="outcome">Failed or cancelled.</param>
    /// <param name="cancellationToken">Observed while storing.</param>
    /// <returns>The run as it ended.</returns>
    public async Task<RunEnd> CompensateAsync(RunKey run, RunStatus outcome, CancellationToken cancellationToken)
    {
        RunFailure? failure = outcome != RunStatus.Failed ? null
            : await book.FindFailureAsync(run, cancellationToken) ?? new RunFailure("orchestration", "step_failed", "A step could not be taken; the host's log says why.");
        return await CompensateAsync(run, new RunOutcome(outcome) { Failure = failure }, cancellationToken);
    }

    /// <summary>Undoes a run and ends it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="ending">Failed or cancelled; an ending that was decided before holds instead.</param>
    /// <param name="cancellationToken">Observed while storing.</param>
    /// <returns>The run as it ended, which may have been before, and well.</returns>
    public async Task<RunEnd> CompensateAsync(RunKey run, RunOutcome ending, CancellationToken cancellationToken)
    {
        PipelineRun head = await book.CloseAsync(run, ending, cancellationToken);
        if (head.Status.IsEnd())
        {
            return new RunEnd(head, ByThisCall: false);
        }

        ModelVersion? version = await recorder.TakeLastAsync(run, StepName.Compensate, (log, token) => UndoAsync(run, head, log, token), cancellationToken);
        RunArtifacts? artifacts = version is null ? null : new RunArtifacts(version.Uri, version.Label);
        return await book.EndAsync(run, head.Ending! with { Artifacts = artifacts }, cancellationToken);
    }

    private static string Reason(RunOutcome ending) =>
        ending.Failure is { } failure ? $"The run failed at {failure.Step} ({failure.Code}): {failure.Detail}" : "The run's cancellation was asked for.";

    private async Task<ModelVersion?> UndoAsync(RunKey run, PipelineRun head, StepLog log, CancellationToken cancellationToken)
    {
        await log.WriteAsync(Reason(head.Ending!), cancellationToken);
        await book.CloseStepsAsync(run, cancellationToken);
        ModelVersion? version = await leftovers.RemoveAsync(run, head.Settings.ModelName, cancellationToken);
        if (version is null)
        {
            await log.WriteAsync("Nothing was registered; files of the run are removed.", cancellationToken);
            return null;
        }

        // A version once registered stays for the record, and its file with it; it only stops serving.
        Deployment? undone = await registry.UndoDeploymentAsync(RunBook.Tenant(run), version.ModelName, run.RunId, cancellationToken);
        if (undone is not null)
        {
            await audit.UndoneAsync(run, version.ModelName, undone, cancellationToken);
        }

        await log.WriteAsync(undone is null ? $"{version.Label} stays registered; it was not serving." : $"{version.Label} stays registered and no longer serves.", cancellationToken);
        return version;
    }
}
