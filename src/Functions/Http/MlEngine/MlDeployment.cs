namespace Trainyard.Functions.Http.MlEngine;

/// <summary>That a version is deployed.</summary>
/// <param name="Success">True; whatever fails is a problem.</param>
/// <param name="ModelName">The model.</param>
/// <param name="ModelVersion">What is deployed.</param>
/// <param name="PreviousVersion">What was deployed before; null when nothing was.</param>
/// <param name="Status"><c>deployed</c>.</param>
/// <param name="DeployedAt">Since when.</param>
internal sealed record MlDeployment(
    bool Success, string ModelName, string ModelVersion, string? PreviousVersion, string Status, DateTimeOffset DeployedAt);
