using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.AbTests;

/// <summary>A version in an A/B test.</summary>
/// <param name="Version"><c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
/// <param name="Percent">Its share of the traffic.</param>
/// <param name="Name">What it is called in results; the version's label when absent.</param>
internal sealed record AbVariantBody([property: JsonRequired] string Version, [property: JsonRequired] double Percent, string? Name = null);
