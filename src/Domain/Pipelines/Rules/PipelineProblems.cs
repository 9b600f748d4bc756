using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>The refusals of pipelines and runs.</summary>
internal static class PipelineProblems
{
    public static ProblemException PipelineNotFound(string pipelineId) =>
        Refuse(ProblemKind.NotFound, "pipeline_not_found", $"There is no pipeline '{Shown(pipelineId)}'.", "pipeline_id");

    public static ProblemException RunNotFound(string runId) =>
        Refuse(ProblemKind.NotFound, "run_not_found", $"This pipeline has no run '{Shown(runId)}'.", "run_id");

    public static ProblemException RunActive(string runId) =>
        Refuse(ProblemKind.Conflict, "run_active", $"Run '{runId}' is under way and a pipeline has one run at a time; wait for its end or cancel it.", "pipeline_id");

    public static ProblemException RunEnded(string runId, RunStatus status) =>
        Refuse(ProblemKind.Conflict, "run_ended", $"Run '{runId}' is over ({status.ToString().ToLowerInvariant()}), so it cannot be cancelled.", "run_id");

    public static ProblemException Invalid(string code, string field, string detail) =>
        Refuse(ProblemKind.Unprocessable, code, detail, field);

    private static ProblemException Refuse(ProblemKind kind, string code, string detail, string field) => new(new Problem(kind, code, detail, field));

    // What a client sent is quoted only as far as a person reads.
    private static string Shown(string id) => id.Length <= 64 ? id : id[..64] + "…";
}
