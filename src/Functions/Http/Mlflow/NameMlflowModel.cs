namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Names a model, or describes it.</summary>
internal sealed record NameMlflowModel(string Name, string? Description = null);
