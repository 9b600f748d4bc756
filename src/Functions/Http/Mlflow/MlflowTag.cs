namespace Trainyard.Functions.Http.Mlflow;

/// <summary>A note on a model or a version.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
internal sealed record MlflowTag(string Key, string Value);
