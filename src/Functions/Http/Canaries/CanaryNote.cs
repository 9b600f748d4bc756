namespace Trainyard.Functions.Http.Canaries;

/// <summary>Why something is asked of a canary.</summary>
/// <param name="Reason">In words; kept with the decision.</param>
internal sealed record CanaryNote(string? Reason = null);
