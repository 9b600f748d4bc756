namespace Trainyard.Domain.Registry.Aliases;

/// <summary>What an alias pointed to from a moment on.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Sequence">The version; null when it was removed.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who set or removed it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
public sealed record AliasEntry(string Alias, int? Sequence, DateTimeOffset At, string By, string? Reason);
