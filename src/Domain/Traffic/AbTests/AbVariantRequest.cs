namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>A version that shall take part in an A/B test.</summary>
/// <param name="Name">What it is called in results; the version's label when null.</param>
/// <param name="Version">The version: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
/// <param name="Percent">Its share of the traffic.</param>
public sealed record AbVariantRequest(string? Name, string Version, double Percent);
