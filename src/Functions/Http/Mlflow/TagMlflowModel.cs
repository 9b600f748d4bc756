namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Sets a tag of a model, or removes it when there is no value.</summary>
internal sealed record TagMlflowModel(string Name, string Key, string? Value = null);
