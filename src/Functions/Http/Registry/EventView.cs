namespace Trainyard.Functions.Http.Registry;

/// <summary>An entry of a model's history.</summary>
/// <param name="Number">1, 2, 3, … per model.</param>
/// <param name="Kind"><c>created</c>, <c>registered</c>, <c>stage_moved</c>, <c>alias_set</c>, <c>alias_removed</c>, <c>deployed</c>, <c>withdrawn</c>, <c>metadata_changed</c>, <c>version_deleted</c> or <c>model_deleted</c>.</param>
/// <param name="Version">The version concerned; null when it is the model as a whole.</param>
/// <param name="Subject">What of it: the alias, or the words that changed; null where the kind says it all.</param>
/// <param name="From">What was there before; null for nothing.</param>
/// <param name="To">What is there since; null for nothing.</param>
/// <param name="By">Who did it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="At">When.</param>
internal sealed record EventView(
    int Number, string Kind, string? Version, string? Subject, string? From, string? To, string By, string? Reason, DateTimeOffset At);
