namespace Trainyard.Domain.Traffic.Counting;

/// <summary>What one host counted of a version.</summary>
/// <param name="Sequence">The version.</param>
/// <param name="Version">Where it answers.</param>
/// <param name="Shadow">Where it only sees requests.</param>
internal sealed record TallyRecord(int Sequence, VersionCounts? Version, ShadowCounts? Shadow);
