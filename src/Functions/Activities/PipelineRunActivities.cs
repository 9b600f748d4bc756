using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Activities;

/// <summary>The steps of a run as activities. Durable Task takes each at least once, and each may be taken again.</summary>
/// <param name="book">Begins runs.</param>
/// <param name="data">Steps that look at data.</param>
/// <param name="training">Steps that fit and measure.</param>
/// <param name="release">Steps that decide and release.</param>
/// <param name="compensation">Undoes runs.</param>
/// <param name="logger">Told of runs that failed, each once.</param>
public sealed partial class PipelineRunActivities(
    RunBook book, DataSteps data, TrainingSteps training, ReleaseSteps release, RunCompensation compensation, ILogger<PipelineRunActivities> logger)
{
    /// <summary>Marks the run as running.</summary>
    [Function(nameof(BeginRun))]
    public Task<RunBeginning> BeginRun([ActivityTrigger] RunKey run, CancellationToken cancellationToken) => book.BeginAsync(For(run), cancellationToken);

    /// <summary>Settles on one version of the dataset.</summary>
    [Function(nameof(ValidateDataset))]
    public Task<RunDataset> ValidateDataset([ActivityTrigger] RunKey run, CancellationToken cancellationToken) => data.ValidateAsync(For(run), cancellationToken);

    /// <summary>Describes the columns.</summary>
    [Function(nameof(ProfileDataset))]
    public Task<int> ProfileDataset([ActivityTrigger] RunKey run, CancellationToken cancellationToken) => data.ProfileAsync(For(run), cancellationToken);

    /// <summary>Parts the rows.</summary>
    [Function(nameof(SplitDataset))]
    public Task<int> SplitDataset([ActivityTrigger] RunKey run, CancellationToken cancellationToken) => data.SplitAsync(For(run), cancellationToken);

    /// <summary>Chooses what to try.</summary>
    [Function(nameof(ChooseCandidates))]
    public Task<CandidateSpec[]> ChooseCandidates([ActivityTrigger] RunKey run, CancellationToken cancellationToken) => training.ChooseAsync(For(run), cancellationToken);

    /// <summary>Cross-validates one candidate.</summary>
    [Function(nameof(TrainCandidate))]
    public Task<CandidateScore> TrainCandidate([ActivityTrigger] TrainRequest request, CancellationToken cancellationToken) =>
        training.TrainAsync(For(request.Run), request.Candidate, cancellationToken);

    /// <summary>Chooses which candidates of a rung go on to the next.</summary>
    [Function(nameof(ChooseNextRung))]
    public Task<CandidateSpec[]> ChooseNextRung([ActivityTrigger] NextRungRequest request, CancellationToken cancellationToken) =>
        training.ChooseNextAsync(For(request.Run), request.Candidates, request.Scores, cancellationToken);

    /// <summary>Fits the best candidate again.</summary>
    [Function(nameof(RefitBest))]
    public Task<FittedModel> RefitBest([ActivityTrigger] RefitRequest request, CancellationToken cancellationToken) =>
        training.RefitAsync(For(request.Run), request.Scores, cancellationToken);

    /// <summary>Measures the model on the held-out rows.</summary>
    [Function(nameof(EvaluateModel))]
    public Task<MeasuredModel> EvaluateModel([ActivityTrigger] RunKey run, CancellationToken cancellationToken) =>
        training.EvaluateAsync(For(run), cancellationToken);

    /// <summary>Holds the target metric against the threshold.</summary>
    [Function(nameof(ApplyGate))]
    public Task<bool> ApplyGate([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) =>
        release.ApplyGateAsync(For(request.Run), request.Measured, cancellationToken);

    /// <summary>Registers the version.</summary>
    [Function(nameof(RegisterVersion))]
    public Task<RunArtifacts> RegisterVersion([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) =>
        release.RegisterAsync(For(request.Run), request.Measured, cancellationToken);

    /// <summary>Deploys the version.</summary>
    [Function(nameof(DeployVersion))]
    public Task<int> DeployVersion([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) => release.DeployAsync(For(request.Run), cancellationToken);

    /// <summary>Records the result and ends the run.</summary>
    [Function(nameof(RecordResult))]
    public async Task<string> RecordResult([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) =>
        (await release.RecordResultAsync(For(request.Run), request.Measured, request.Outcome, cancellationToken)).ToString();

    /// <summary>Undoes what the run had done and ends it.</summary>
    [Function(nameof(CompensateRun))]
    public async Task<string> CompensateRun([ActivityTrigger] CompensateRequest request, CancellationToken cancellationToken)
    {
        RunEnd end = await compensation.CompensateAsync(For(request.Run), request.Outcome, cancellationToken);
        if (end is { ByThisCall: true, Run.Failure: { } failure })
        {
            LogFailed(request.Run.RunId, request.Run.PipelineId, failure.Step, failure.Code, failure.Detail, request.Cause);
        }

        return end.Run.Status.ToString();
    }

    // What is logged from here on says for whom.
    private static RunKey For(RunKey run)
    {
        InvocationScope.SetTenant(run.Tenant);
        return run;
    }

    [LoggerMessage(EventId = 3200, Level = LogLevel.Error, Message = "Run {RunId} of pipeline {PipelineId} failed at {Step} ({Code}): {Detail} {Cause}")]
    private partial void LogFailed(string runId, string pipelineId, string step, string code, string detail, string? cause);
}
