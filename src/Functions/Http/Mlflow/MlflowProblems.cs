using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>What MLflow's client reads of a refusal: it branches on an <c>error_code</c> of its own.</summary>
internal static class MlflowProblems
{
    /// <summary>Where its calls lie.</summary>
    public const string PathPrefix = "/api/2.0/mlflow/";

    /// <summary>The code of a refusal (mlflow/protos/databricks.proto); null on other paths.</summary>
    public static string? ErrorCode(string path, int status, Problem problem) => !path.StartsWith(PathPrefix, StringComparison.Ordinal) ? null : (status, problem.Kind) switch
    {
        (>= 500, not ProblemKind.Unavailable) => "INTERNAL_ERROR",
        _ when problem.Code == "model_exists" => "RESOURCE_ALREADY_EXISTS",
        (_, ProblemKind.Malformed or ProblemKind.Unprocessable or ProblemKind.TooLarge) => "INVALID_PARAMETER_VALUE",
        (_, ProblemKind.Unauthenticated) => "UNAUTHENTICATED",
        (_, ProblemKind.Forbidden) => "PERMISSION_DENIED",
        (_, ProblemKind.NotFound) => "RESOURCE_DOES_NOT_EXIST",
        (_, ProblemKind.Conflict or ProblemKind.Stale) => "INVALID_STATE",
        (_, ProblemKind.Throttled) => "REQUEST_LIMIT_EXCEEDED",
        _ => "TEMPORARILY_UNAVAILABLE",
    };

    /// <summary>Refuses a parameter.</summary>
    public static ProblemException Invalid(string detail, string field) =>
        new(new Problem(ProblemKind.Malformed, "mlflow_parameter_invalid", detail, field));
}
