namespace Trainyard.Functions.Http.Mlops;

/// <summary>Two versions to hold against each other.</summary>
/// <param name="ModelId">The model's id or name.</param>
/// <param name="Version1"><c>1.4.0</c>, <c>v5</c>, <c>5</c> or an alias.</param>
/// <param name="Version2">The other.</param>
internal sealed record CompareRequest(string ModelId, string Version1, string Version2);
