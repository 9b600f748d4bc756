namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Makes a model.</summary>
internal sealed record CreateMlflowModel(string Name, IReadOnlyList<MlflowTag>? Tags = null, string? Description = null);
