namespace Trainyard.Functions.Http.Mlflow;

/// <summary>An alias of a model.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Version">The number of the version that it points to.</param>
internal sealed record MlflowAlias(string Alias, string Version);
