using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry;

/// <summary>The refusals of the registry.</summary>
internal static class RegistryProblems
{
    public static ProblemException ModelNotFound(string model) =>
        new(new Problem(ProblemKind.NotFound, "model_not_found", $"There is no model '{model}'; GET /api/v1/models lists what there is.", "model"));

    public static ProblemException VersionNotFound(string model, string version) =>
        new(new Problem(ProblemKind.NotFound, "model_version_not_found", $"Model '{model}' has no version '{version}'.", "version"));

    public static ProblemException Withdrawn(string operationId) =>
        new(new Problem(ProblemKind.Conflict, "operation_withdrawn", $"'{operationId}' was undone, so it neither registers nor deploys anything."));
}
