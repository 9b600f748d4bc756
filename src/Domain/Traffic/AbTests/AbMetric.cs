using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Traffic.Counting;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>A measure of the variants of an A/B test.</summary>
public sealed record AbMetric
{
    /// <summary>The longest time that a conversion may take.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(30);

    private const double MillisecondsOfSecond = 1000;

    /// <summary>What is measured.</summary>
    public required AbMetricKind Kind { get; init; }

    /// <summary>Whether more of it is better; null for what is usual of its kind.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>The least that a value can be; what is below counts as this.</summary>
    public double Least { get; init; }

    /// <summary>The greatest that a value can be; what is above counts as this.</summary>
    public double Greatest { get; init; } = 1;

    /// <summary>How long after its exposure a unit may convert; a unit counts when this is over.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The time in seconds beyond which a request is slow: one of <see cref="VersionCounts.LatencyBounds"/>.</summary>
    public double SlowSeconds { get; init; } = 0.1;

    /// <summary>By how much it may be worse; of a guardrail.</summary>
    public double AllowedHarm { get; init; }

    /// <summary>Its kind as a word: <c>error_share</c>.</summary>
    [JsonIgnore]
    public string Name => JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    /// <summary>Whether it is of requests, not of units.</summary>
    [JsonIgnore]
    public bool IsOfRequests => Kind is AbMetricKind.ErrorShare or AbMetricKind.SlowShare;

    /// <summary>How it is read.</summary>
    [JsonIgnore]
    internal MeasureRules Rules => new(
        Name, HigherIsBetter ?? Kind is not (AbMetricKind.Error or AbMetricKind.ErrorShare or AbMetricKind.SlowShare), Bounds.Least, Bounds.Greatest, AllowedHarm);

    private (double Least, double Greatest) Bounds => Kind switch
    {
        AbMetricKind.Value or AbMetricKind.Error => (Least, Greatest),
        AbMetricKind.Rating => (1, FeedbackItem.MaxRating),
        _ => (0, 1),
    };

    /// <summary>A value scaled to 0 to 1.</summary>
    internal double Scale(double value) => (value - Bounds.Least) / (Bounds.Greatest - Bounds.Least);

    /// <summary>Refuses what makes no measure.</summary>
    /// <param name="field">Where it is, in the request.</param>
    internal void Require(string field)
    {
        if (!double.IsFinite(Least) || !double.IsFinite(Greatest) || !double.IsFinite(Greatest - Least) || Least >= Greatest)
        {
            throw AbTestProblems.SettingInvalid($"{field}.upper", "'lower' and 'upper' must be finite, the one below the other.");
        }

        if (Window < TimeSpan.Zero || Window > MaxWindow)
        {
            throw AbTestProblems.SettingInvalid($"{field}.window_seconds", FormattableString.Invariant($"it must be from 0 to {MaxWindow.TotalSeconds}."));
        }

        if (Kind == AbMetricKind.SlowShare && !VersionCounts.LatencyBounds.Contains(SlowSeconds))
        {
            throw AbTestProblems.SettingInvalid(
                $"{field}.slow_ms", FormattableString.Invariant($"latencies are counted by the times {string.Join(", ", VersionCounts.LatencyBounds.Select(bound => FormattableString.Invariant($"{bound * MillisecondsOfSecond}")))} ms; name one of them."));
        }

        if (!(AllowedHarm >= 0 && AllowedHarm <= Bounds.Greatest - Bounds.Least))
        {
            throw AbTestProblems.SettingInvalid($"{field}.allowed_harm", "it must be from 0 to as far as two values can be apart.");
        }
    }
}
