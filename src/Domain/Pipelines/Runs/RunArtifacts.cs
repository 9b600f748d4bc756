namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>What a run left in the registry.</summary>
/// <param name="ModelUri">Where the model file is.</param>
/// <param name="Version">The version's sequence name, for example <c>v5</c>.</param>
public sealed record RunArtifacts(string ModelUri, string Version);
