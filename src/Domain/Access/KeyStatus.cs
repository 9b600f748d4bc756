namespace Trainyard.Domain.Access;

/// <summary>A key and when it was last used.</summary>
/// <param name="Key">The key.</param>
/// <param name="LastUsedAt">To the granularity of <see cref="ApiKeys.UseGranularity"/>; null when it was never used.</param>
public sealed record KeyStatus(ApiKey Key, DateTimeOffset? LastUsedAt);
