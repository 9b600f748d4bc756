namespace Trainyard.Functions.Http.Registry;

/// <summary>What stays of something that was deleted.</summary>
/// <param name="By">Who deleted it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="At">When.</param>
internal sealed record DeletionView(string By, string? Reason, DateTimeOffset At);
