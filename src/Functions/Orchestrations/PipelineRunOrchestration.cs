using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Functions.Activities;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Takes the steps of one run in order: from data to a decision, or to undoing what was done.</summary>
/// <remarks>It only sequences; whatever reads, computes or writes is an activity that may be taken again.</remarks>
public sealed class PipelineRunOrchestration
{
    /// <summary>The event by which a run's cancellation is asked for; it is looked at between steps, which themselves watch the run.</summary>
    public const string CancelEvent = "cancel";

    /// <summary>Candidates that are trained at the same time at most.</summary>
    public const int MaxParallelCandidates = 8;

    /// <summary>The version from which on candidates are trained in rungs.</summary>
    private const int RungsSince = 2;

    /// <summary>Runs a pipeline.</summary>
    /// <param name="context">Gives the <see cref="RunKey"/>.</param>
    /// <returns>The word for how the run ended.</returns>
    [Function(nameof(PipelineRunOrchestration))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        RunKey run = context.GetInput<RunKey>() ?? throw new InvalidOperationException("A run's orchestration needs a run.");
        int version = OrchestrationVersion.Of(context);
        RunStepCaller steps = new(context, run);
        try
        {
            RunBeginning beginning = await steps.TakeAsync<RunBeginning>(nameof(PipelineRunActivities.BeginRun), run);
            if (!beginning.Proceed)
            {
                return "over";
            }

            return beginning.CancelRequested ? await UndoAsync(steps, run, RunStatus.Cancelled) : await TakeStepsAsync(steps, run, beginning.AutoDeploy, version);
        }
        catch (RunCancelledException)
        {
            return await UndoAsync(steps, run, RunStatus.Cancelled);
        }
        catch (TaskFailedException failure)
        {
            return IsStopped(failure)
                ? await UndoAsync(steps, run, RunStatus.Cancelled)
                : await UndoAsync(steps, run, RunStatus.Failed, RunStepCaller.IsFinal(failure.FailureDetails) ? null : Describe(failure.FailureDetails));
        }
    }

    private static async Task<string> TakeStepsAsync(RunStepCaller steps, RunKey run, bool autoDeploy, int version)
    {
        await steps.TakeAsync<RunDataset>(nameof(PipelineRunActivities.ValidateDataset), run);
        await steps.TakeAsync<int>(nameof(PipelineRunActivities.ProfileDataset), run);
        await steps.TakeAsync<int>(nameof(PipelineRunActivities.SplitDataset), run);
        CandidateSpec[] candidates = await steps.TakeAsync<CandidateSpec[]>(nameof(PipelineRunActivities.ChooseCandidates), run);
        List<CandidateScore> scores = version >= RungsSince ? await RaceAsync(steps, run, candidates) : await TrainAsync(steps, run, candidates);
        await steps.TakeAsync<FittedModel>(nameof(PipelineRunActivities.RefitBest), new RefitRequest(run, scores));
        MeasuredModel measured = await steps.TakeAsync<MeasuredModel>(nameof(PipelineRunActivities.EvaluateModel), run);
        ReleaseRequest release = new(run, measured, RunStatus.Rejected);
        if (await steps.TakeAsync<bool>(nameof(PipelineRunActivities.ApplyGate), release))
        {
            await steps.TakeAsync<RunArtifacts>(nameof(PipelineRunActivities.RegisterVersion), release);
            release = release with { Outcome = RunStatus.Completed };
            if (autoDeploy)
            {
                await steps.TakeAsync<int>(nameof(PipelineRunActivities.DeployVersion), release);
                release = release with { Outcome = RunStatus.Deployed };
            }
        }

        return await steps.TakeAsync<string>(nameof(PipelineRunActivities.RecordResult), release);
    }

    // Rung after rung, until one is the last or the time is up.
    private static async Task<List<CandidateScore>> RaceAsync(RunStepCaller steps, RunKey run, CandidateSpec[] rung)
    {
        List<CandidateScore> scores = [];
        while (rung.Length > 0)
        {
            List<CandidateScore> own = await TrainAsync(steps, run, rung);
            scores.AddRange(own);
            rung = rung[0].HasNextRung
                ? await steps.TakeAsync<CandidateSpec[]>(nameof(PipelineRunActivities.ChooseNextRung), new NextRungRequest(run, rung, own))
                : [];
        }

        return scores;
    }

    // In groups, so that a run neither floods the host nor makes its own replay long.
    private static async Task<List<CandidateScore>> TrainAsync(RunStepCaller steps, RunKey run, CandidateSpec[] candidates)
    {
        List<CandidateScore> scores = [];
        TaskFailedException? broken = null;
        foreach (CandidateSpec[] group in candidates.Chunk(MaxParallelCandidates))
        {
            Task<CandidateScore>[] training = [.. group.Select(candidate =>
                steps.TakeAsync<CandidateScore>(nameof(PipelineRunActivities.TrainCandidate), new TrainRequest(run, candidate)))];
            try
            {
                scores.AddRange(await Task.WhenAll(training));
            }
            catch (TaskFailedException failure)
            {
                // Of several failures the first is thrown; all are over by now.
                TaskFailedException? stopped = training.Select(task => task.Exception?.InnerException).OfType<TaskFailedException>().FirstOrDefault(IsStopped);
                if (stopped is not null)
                {
                    throw stopped;
                }

                broken = failure;
                scores.AddRange(training.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result));
            }
        }

        // One candidate that breaks leaves the race, its reason in its step's record; the run fails with it only when all do.
        return scores.Count == 0 && broken is not null ? throw broken : scores;
    }

    // The run was closed, or its cancellation recorded, though the event that says so has not arrived yet.
    private static bool IsStopped(TaskFailedException failure) => failure.FailureDetails.IsCausedBy<RunStoppedException>();

    private static string Describe(TaskFailureDetails failure)
    {
        string text = $"{failure.ErrorType}: {failure.ErrorMessage}\n{failure.StackTrace}";
        return text.Length <= CompensateRequest.MaxCauseLength ? text : text[..CompensateRequest.MaxCauseLength];
    }

    private static Task<string> UndoAsync(RunStepCaller steps, RunKey run, RunStatus outcome, string? cause = null) =>
        steps.FinishAsync<string>(nameof(PipelineRunActivities.CompensateRun), new CompensateRequest(run, outcome, cause));
}
