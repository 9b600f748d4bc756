namespace Trainyard.Domain.Registry.History;

/// <summary>One entry of a model's history, which is only ever appended to.</summary>
/// <param name="Number">1, 2, 3, … per model, without gaps.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Sequence">The version concerned; null when it concerns the model as a whole.</param>
/// <param name="Subject">What of it changed: the name of an alias; null where the kind says it all.</param>
/// <param name="From">What was there before: a stage, or the label of a version; null for nothing.</param>
/// <param name="To">What is there since; null for nothing.</param>
/// <param name="By">Who did it: a caller's or run's id.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="At">When; never before the entry before it, whatever the clock did.</param>
public sealed record ModelEvent(
    int Number, ModelEventKind Kind, int? Sequence, string? Subject, string? From, string? To, string By, string? Reason, DateTimeOffset At);
