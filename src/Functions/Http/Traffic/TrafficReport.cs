namespace Trainyard.Functions.Http.Traffic;

/// <summary>What was seen while traffic was compared.</summary>
/// <param name="ModelName">The model.</param>
/// <param name="Deployment">The deployment that was counted under.</param>
/// <param name="Since">When it began.</param>
/// <param name="Versions">Every version that answered.</param>
/// <param name="Shadows">Every version that only saw requests.</param>
internal sealed record TrafficReport(
    string ModelName, int Deployment, DateTimeOffset Since, IReadOnlyList<VersionReport> Versions, IReadOnlyList<ShadowReport> Shadows);
