namespace Trainyard.Domain.Feedback;

/// <summary>Written in one commit with what an operation records, so that a repeat of it, however late, records nothing over what came since.</summary>
/// <param name="Receipts">What it answered.</param>
internal sealed record FeedbackMark(IReadOnlyList<FeedbackReceipt> Receipts);
