namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Where the file of a version is.</summary>
internal sealed record MlflowDownload(string ArtifactUri);
