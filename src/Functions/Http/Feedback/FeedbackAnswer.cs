namespace Trainyard.Functions.Http.Feedback;

/// <summary>What became of feedback.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Recorded">Items that are the first about their prediction.</param>
/// <param name="Replaced">Items that stand in place of what was told before.</param>
/// <param name="Unchanged">Items that say what was told before.</param>
/// <param name="Items">Each, in the order of the request.</param>
internal sealed record FeedbackAnswer(string Model, int Recorded, int Replaced, int Unchanged, IReadOnlyList<FeedbackReceiptView> Items);
