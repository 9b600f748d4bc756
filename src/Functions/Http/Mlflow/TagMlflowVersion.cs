namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Sets a tag of a version, or removes it when there is no value.</summary>
internal sealed record TagMlflowVersion(string Name, string Version, string Key, string? Value = null);
