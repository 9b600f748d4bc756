namespace Trainyard.Benchmarks.Predict;

/// <summary>Rows by column name.</summary>
/// <param name="Instances">The rows.</param>
internal sealed record BareRequest(IReadOnlyList<Dictionary<string, double>> Instances);
