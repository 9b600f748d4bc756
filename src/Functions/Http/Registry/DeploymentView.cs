using Trainyard.Functions.Http.Traffic;

namespace Trainyard.Functions.Http.Registry;

/// <summary>A deployment as callers see it.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="ModelName">Its name.</param>
/// <param name="Version">What was deployed.</param>
/// <param name="PreviousVersion">What was deployed before; null when nothing was.</param>
/// <param name="Status"><c>deployed</c>.</param>
/// <param name="DeployedAt">Since when.</param>
/// <param name="DeploymentUrl">Where it predicts.</param>
/// <param name="Strategy">How it came about.</param>
/// <param name="Traffic">Every version that answers, with its share.</param>
internal sealed record DeploymentView(
    string ModelId,
    string ModelName,
    string Version,
    string? PreviousVersion,
    string Status,
    DateTimeOffset DeployedAt,
    string DeploymentUrl,
    string Strategy,
    IReadOnlyList<ShareView> Traffic);
