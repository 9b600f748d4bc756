using System.Text.Json.Serialization;
using Trainyard.Domain.Evidence;

namespace Trainyard.Domain.Feedback;

/// <summary>What feedback says of a version, in sums that add up. Immutable but for <see cref="Errors"/>, which belongs to one owner.</summary>
public sealed record FeedbackCounts
{
    /// <summary>Labels counted by name at most; all others count as one.</summary>
    public const int MaxLabels = 100;

    /// <summary>Stands for all others.</summary>
    public const string Others = "";

    /// <summary>Predictions with feedback.</summary>
    public long Items { get; init; }

    /// <summary>Of them, those of which it is known whether they were right.</summary>
    public long Judged { get; init; }

    /// <summary>Of those, the right ones.</summary>
    public long Correct { get; init; }

    /// <summary>Predicted numbers whose true ones are known.</summary>
    public long Numbers { get; init; }

    /// <summary>The sum of their errors: predicted less true.</summary>
    public double Error { get; init; }

    /// <summary>The sum of the sizes of their errors.</summary>
    public double AbsoluteError { get; init; }

    /// <summary>The sum of the squares of their errors.</summary>
    public double SquaredError { get; init; }

    /// <summary>Predictions that were rated.</summary>
    public long Rated { get; init; }

    /// <summary>The sum of their ratings.</summary>
    public long Rating { get; init; }

    /// <summary>Predictions of which something came.</summary>
    public long Valued { get; init; }

    /// <summary>The sum of it.</summary>
    public double Value { get; init; }

    /// <summary>How often each label was true, and of those how often it was predicted.</summary>
    public IReadOnlyDictionary<string, LabelFeedback> Labels { get; init; } = new SortedDictionary<string, LabelFeedback>(StringComparer.Ordinal);

    /// <summary>The sizes of errors by cells, where versions are compared; null elsewhere.</summary>
    public NumberCounts? Errors { get; init; }

    /// <summary>The share of right ones; null before any is known.</summary>
    [JsonIgnore]
    public double? Accuracy => Judged == 0 ? null : Correct / (double)Judged;

    /// <summary>The mean size of errors.</summary>
    [JsonIgnore]
    public double? MeanAbsoluteError => Numbers == 0 ? null : AbsoluteError / Numbers;

    /// <summary>The root of the mean square of errors.</summary>
    [JsonIgnore]
    public double? RootMeanSquaredError => Numbers == 0 ? null : Math.Sqrt(Math.Max(0, SquaredError) / Numbers);

    /// <summary>The mean error: above 0 where too much is predicted.</summary>
    [JsonIgnore]
    public double? MeanError => Numbers == 0 ? null : Error / Numbers;

    /// <summary>The mean rating.</summary>
    [JsonIgnore]
    public double? MeanRating => Rated == 0 ? null : Rating / (double)Rated;

    /// <summary>The mean of what came of predictions.</summary>
    [JsonIgnore]
    public double? MeanValue => Valued == 0 ? null : Value / Valued;

    /// <summary>With one record more, or one less.</summary>
    /// <param name="record">The record.</param>
    /// <param name="sign">1, or -1 for one that was counted before.</param>
    internal FeedbackCounts With(FeedbackRecord record, int sign)
    {
        if (record.Error is { } size && Errors is not null)
        {
            Errors.Add(Math.Abs(size), sign);
        }

        return this with
        {
            Items = Items + sign,
            Judged = Judged + (record.Correct is null ? 0 : sign),
            Correct = Correct + (record.Correct == true ? sign : 0),
            Numbers = Numbers + (record.Error is null ? 0 : sign),
            Error = Error + (sign * record.Error ?? 0),
            AbsoluteError = AbsoluteError + (sign * Math.Abs(record.Error ?? 0)),
            SquaredError = SquaredError + (sign * Square(record.Error ?? 0)),
            Rated = Rated + (record.Rating is null ? 0 : sign),
            Rating = Rating + (sign * (record.Rating ?? 0)),
            Valued = Valued + (record.Value is null ? 0 : sign),
            Value = Value + (sign * record.Value ?? 0),
            Labels = record is { Actual: { } label, PredictedNumber: null } ? With(label, new LabelFeedback(sign, record.Correct == true ? sign : 0)) : Labels,
        };
    }

    /// <summary>Both together.</summary>
    public FeedbackCounts Plus(FeedbackCounts other)
    {
        NumberCounts? errors = null;
        if ((Errors ?? other.Errors) is not null)
        {
            errors = new NumberCounts();
            errors.Add(Errors ?? new NumberCounts());
            errors.Add(other.Errors ?? new NumberCounts());
        }

        return other.Labels.Aggregate(this, (sum, label) => sum with { Labels = sum.With(label.Key, label.Value) }) with
        {
            Items = Items + other.Items,
            Judged = Judged + other.Judged,
            Correct = Correct + other.Correct,
            Numbers = Numbers + other.Numbers,
            Error = Error + other.Error,
            AbsoluteError = AbsoluteError + other.AbsoluteError,
            SquaredError = SquaredError + other.SquaredError,
            Rated = Rated + other.Rated,
            Rating = Rating + other.Rating,
            Valued = Valued + other.Valued,
            Value = Value + other.Value,
            Errors = errors,
        };
    }

    private static double Square(double number) => number * number;

    private SortedDictionary<string, LabelFeedback> With(string label, LabelFeedback more)
    {
        // A label that is known stays known, even when it was taken back, so that what is taken back is taken from where it was counted.
        SortedDictionary<string, LabelFeedback> labels = new(Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        string cell = labels.ContainsKey(label) || labels.Count < MaxLabels ? label : Others;
        LabelFeedback current = labels.GetValueOrDefault(cell, new LabelFeedback(0, 0));
        labels[cell] = new LabelFeedback(current.Actual + more.Actual, current.Correct + more.Correct);
        return labels;
    }
}
