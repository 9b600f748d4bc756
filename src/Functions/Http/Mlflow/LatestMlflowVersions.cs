namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Asks for the newest version of each stage.</summary>
internal sealed record LatestMlflowVersions(string Name, IReadOnlyList<string>? Stages = null);
