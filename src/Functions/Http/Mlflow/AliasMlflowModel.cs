namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Sets an alias, or removes it when there is no version.</summary>
internal sealed record AliasMlflowModel(string Name, string Alias, string? Version = null);
