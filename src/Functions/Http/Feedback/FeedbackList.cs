namespace Trainyard.Functions.Http.Feedback;

/// <summary>A page of feedback, that of later predictions first.</summary>
/// <param name="Items">May be fewer than were asked for, even none, while more follow.</param>
/// <param name="Continuation">Asks for the next page; null on the last one.</param>
internal sealed record FeedbackList(IReadOnlyList<FeedbackView> Items, string? Continuation);
