using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>How an A/B test shall go.</summary>
public sealed record AbTestRequest
{
    /// <summary>Guardrails at most.</summary>
    public const int MaxGuardrails = 10;

    /// <summary>The probability of being wrong when nothing is said: one test in twenty.</summary>
    public const double DefaultAlpha = 0.05;

    /// <summary>Values of the metric that each variant must have when nothing is said.</summary>
    public const long DefaultMinSample = 100;

    /// <summary>How long a test goes on when nothing is said.</summary>
    public static readonly TimeSpan DefaultMaxDuration = TimeSpan.FromDays(14);

    /// <summary>The shortest test.</summary>
    public static readonly TimeSpan MinMaxDuration = TimeSpan.FromSeconds(1);

    /// <summary>The longest test.</summary>
    public static readonly TimeSpan MaxMaxDuration = TimeSpan.FromDays(90);

    /// <summary>Names it among a model's tests; not unique.</summary>
    public required string Name { get; init; }

    /// <summary>Two or more versions, the one in production among them; shares together 100.</summary>
    public required IReadOnlyList<AbVariantRequest> Variants { get; init; }

    /// <summary>What decides.</summary>
    public required AbMetric Metric { get; init; }

    /// <summary>What must not suffer.</summary>
    public IReadOnlyList<AbMetric> Guardrails { get; init; } = [];

    /// <summary>The probability of ever recommending a version that is not better; and, apart from it, of ever seeing harm that is none.</summary>
    public double Alpha { get; init; } = DefaultAlpha;

    /// <summary>Values of the metric that a variant and the control must have before one is recommended.</summary>
    public long MinSample { get; init; } = DefaultMinSample;

    /// <summary>When it is over at the latest.</summary>
    public TimeSpan MaxDuration { get; init; } = DefaultMaxDuration;

    /// <summary>Whether it ends itself when harm is proven of every variant, or when it cannot be believed.</summary>
    public bool StopsOnHarm { get; init; }

    /// <summary>Whether it gives a variant that is recommended all traffic by itself.</summary>
    public bool PromotesWinner { get; init; }

    /// <summary>Whether versions may read other columns, or predict something else, than the one in production.</summary>
    public bool AllowsOtherSchema { get; init; }

    /// <summary>Refuses what makes no test.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>ab_test_variants_invalid</c>, <c>ab_test_setting_invalid</c>, <c>traffic_percent_invalid</c>, <c>traffic_sum_invalid</c>.</exception>
    internal void Require()
    {
        ResourceName.Require(Name, "name");
        if (Variants.Count is < 2 or > TrafficPlan.MaxShares || Variants.Any(variant => !(variant.Percent > 0)))
        {
            throw AbTestProblems.VariantsInvalid();
        }

        new TrafficChange { Shares = Shares() }.Require();
        Metric.Require("metric");
        if (Guardrails.Count > MaxGuardrails)
        {
            throw AbTestProblems.SettingInvalid("guardrails", FormattableString.Invariant($"there may be {MaxGuardrails}."));
        }

        foreach ((int index, AbMetric guardrail) in Guardrails.Index())
        {
            guardrail.Require(FormattableString.Invariant($"guardrails[{index}]"));
        }

        RequireRange(Alpha, 1e-6, 0.5, "alpha");
        RequireRange(MinSample, 1, ExposureLimit, "min_sample");
        RequireRange(MaxDuration.TotalSeconds, MinMaxDuration.TotalSeconds, MaxMaxDuration.TotalSeconds, "max_duration_seconds");
    }

    /// <summary>The traffic that is asked for.</summary>
    internal IReadOnlyList<WantedShare> Shares() => [.. Variants.Select(variant => new WantedShare(variant.Version, variant.Percent))];

    private static long ExposureLimit => Exposures.ExposureBook.MaxUnits;

    private static void RequireRange(double value, double minimum, double maximum, string field)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw AbTestProblems.SettingInvalid(field, FormattableString.Invariant($"it must be from {minimum} to {maximum}."));
        }
    }
}
