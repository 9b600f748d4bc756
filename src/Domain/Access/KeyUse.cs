namespace Trainyard.Domain.Access;

/// <summary>When a key was last used, to the granularity of <see cref="ApiKeys.UseGranularity"/>.</summary>
internal sealed record KeyUse(DateTimeOffset LastUsedAt);
