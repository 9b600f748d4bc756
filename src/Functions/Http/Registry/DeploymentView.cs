namespace Trainyard.Functions.Http.Registry;

/// <summary>A deployment as callers see it.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="ModelName">Its name.</param>
/// <param name="Version">What is deployed now.</param>
/// <param name="PreviousVersion">What was deployed before; null when nothing was.</param>
/// <param name="Status"><c>deployed</c>.</param>
/// <param name="DeployedAt">Since when.</param>
/// <param name="DeploymentUrl">Where it predicts.</param>
internal sealed record DeploymentView(
    string ModelId, string ModelName, string Version, string? PreviousVersion, string Status, DateTimeOffset DeployedAt, string DeploymentUrl);
