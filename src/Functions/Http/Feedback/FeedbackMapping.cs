using Trainyard.Domain.Feedback;
using Trainyard.Domain.Registry;

namespace Trainyard.Functions.Http.Feedback;

/// <summary>Feedback as callers see it.</summary>
internal static class FeedbackMapping
{
    public static FeedbackAnswer View(RegisteredModel model, IReadOnlyList<FeedbackReceipt> receipts) => new(
        model.Name,
        Count(receipts, FeedbackStatus.Recorded),
        Count(receipts, FeedbackStatus.Replaced),
        Count(receipts, FeedbackStatus.Unchanged),
        [.. receipts.Select(receipt => new FeedbackReceiptView(receipt.PredictionId, ModelVersion.LabelOf(receipt.Sequence), receipt.Status, receipt.Correct, receipt.Error))]);

    public static FeedbackView View(FeedbackRecord record) => new(
        record.PredictionId,
        record.Version,
        record.Deployment,
        record.PredictedAt,
        record.RecordedAt,
        record.By,
        record.Revision,
        record.PredictedNumber,
        record.Actual,
        record.Correct,
        record.Error,
        record.Value,
        record.Rating,
        record.Comment,
        record.ObservedAt);

    public static VersionFeedbackView View(VersionFeedback version) => new(
        ModelVersion.LabelOf(version.Sequence),
        version.Counts.Items,
        version.Counts.Judged,
        version.Counts.Correct,
        version.Counts.Accuracy,
        version.Counts.Numbers,
        version.Counts.MeanAbsoluteError,
        version.Counts.RootMeanSquaredError,
        version.Counts.MeanError,
        version.Counts.Rated,
        version.Counts.MeanRating,
        version.Counts.Valued,
        version.Counts.MeanValue,
        version.Counts.Labels.Where(label => label.Value.Actual > 0).ToDictionary(StringComparer.Ordinal));

    private static int Count(IReadOnlyList<FeedbackReceipt> receipts, FeedbackStatus status) => receipts.Count(receipt => receipt.Status == status);
}
