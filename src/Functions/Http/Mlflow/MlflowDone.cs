namespace Trainyard.Functions.Http.Mlflow;

/// <summary>That it is done.</summary>
internal sealed record MlflowDone;
