namespace Trainyard.Functions.Http.Mlops;

/// <summary>That a version is where it was asked to be.</summary>
/// <param name="ModelId">The model's name.</param>
/// <param name="Version">What changed for callers: <c>1.4.0</c>.</param>
/// <param name="Sequence">The sequence number: <c>v5</c>.</param>
/// <param name="Stage">The stage that it is in.</param>
/// <param name="Status"><c>deployed</c>, or <c>staged</c>.</param>
/// <param name="PredictUrl">Where it predicts; null when it is not deployed.</param>
internal sealed record MlopsDeployment(string ModelId, string Version, string Sequence, string Stage, string Status, string? PredictUrl);
