namespace Trainyard.Functions.Http.AbTests;

/// <summary>Why a test is stopped.</summary>
/// <param name="Reason">In words; kept with the decision.</param>
internal sealed record AbTestNote(string? Reason = null);
