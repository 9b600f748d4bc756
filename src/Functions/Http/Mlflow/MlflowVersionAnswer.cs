namespace Trainyard.Functions.Http.Mlflow;

/// <summary>One version.</summary>
internal sealed record MlflowVersionAnswer(MlflowVersion ModelVersion);
