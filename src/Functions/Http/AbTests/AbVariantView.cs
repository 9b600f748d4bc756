namespace Trainyard.Functions.Http.AbTests;

/// <summary>A version in an A/B test.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="Version">As <c>v5</c>.</param>
/// <param name="Percent">Its share of the traffic.</param>
internal sealed record AbVariantView(string Name, string Version, double Percent);
