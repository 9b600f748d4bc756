namespace Trainyard.Functions.Http.Mlflow;

/// <summary>One model.</summary>
internal sealed record MlflowModelAnswer(MlflowModel RegisteredModel);
