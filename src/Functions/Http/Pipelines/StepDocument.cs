using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>A step of a run.</summary>
internal sealed record StepDocument(
    string Name,
    int? Candidate,
    StepStatus Status,
    int Attempt,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    double? DurationSeconds,
    IReadOnlyList<RunLogLine> Log,
    int? Done,
    int? Total,
    CandidateScore? Score,
    RunFailure? Failure)
{
    public static StepDocument Of(RunStep step) => new(
        step.Name,
        step.Candidate,
        step.Status,
        step.Attempt,
        step.StartedAt,
        step.FinishedAt,
        (step.FinishedAt - step.StartedAt)?.TotalSeconds,
        step.Log,
        step.Done,
        step.Total,
        step.Score,
        step.Failure);
}
