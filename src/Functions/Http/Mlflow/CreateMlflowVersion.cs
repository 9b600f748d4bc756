namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Makes a version.</summary>
internal sealed record CreateMlflowVersion(
    string Name,
    string Source,
    string? RunId = null,
    IReadOnlyList<MlflowTag>? Tags = null,
    string? RunLink = null,
    string? Description = null,
    string? ModelId = null);
