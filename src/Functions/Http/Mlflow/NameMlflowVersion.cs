namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Names a version, or describes it.</summary>
internal sealed record NameMlflowVersion(string Name, string Version, string? Description = null);
