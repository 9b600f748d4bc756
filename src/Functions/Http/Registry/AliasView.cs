namespace Trainyard.Functions.Http.Registry;

/// <summary>What an alias points to, or pointed to at a moment.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Version">The version as it is now; <c>deleted</c> if it was deleted since.</param>
/// <param name="Since">Since when it pointed to it.</param>
/// <param name="By">Who set it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
internal sealed record AliasView(string Alias, ModelVersionView Version, DateTimeOffset Since, string By, string? Reason);
