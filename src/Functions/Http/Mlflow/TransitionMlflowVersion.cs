namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Moves a version to a stage.</summary>
internal sealed record TransitionMlflowVersion(string Name, string Version, string Stage, bool ArchiveExistingVersions = false);
