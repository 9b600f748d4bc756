namespace Trainyard.Learning.Features;

/// <summary>Bounds on what a <see cref="FeaturePlan"/> makes from columns.</summary>
public sealed record FeaturePlanOptions
{
    /// <summary>Categories kept for one column by default: as many as a histogram learner has bins for.</summary>
    public const int DefaultMaxCategories = 255;

    /// <summary>Rows that a category or word needs by default.</summary>
    public const int DefaultMinFrequency = 2;

    /// <summary>Hash buckets for the words of one text column by default; a power of two.</summary>
    public const int DefaultTextBuckets = 256;

    /// <summary>Hash buckets of one text column at most.</summary>
    public const int MaxTextBuckets = 65_536;

    /// <summary>Features of one plan at most by default: what 100,000 rows can hold in 8 GB.</summary>
    public const int DefaultMaxFeatures = 10_000;

    /// <summary>The defaults.</summary>
    public static FeaturePlanOptions Default { get; } = new();

    /// <summary>The most frequent categories of a column that are told apart; the rest share one. 1 to 65,535.</summary>
    public int MaxCategories { get; init; } = DefaultMaxCategories;

    /// <summary>Fitted rows that a category or word must occur in to be told apart. At least 1.</summary>
    public int MinFrequency { get; init; } = DefaultMinFrequency;

    /// <summary>Features that the words of a text column are hashed into; a power of two from 2 to 65,536.</summary>
    public int TextBuckets { get; init; } = DefaultTextBuckets;

    /// <summary>Features at most; past it the plan is refused (<c>too_many_features</c>).</summary>
    public int MaxFeatures { get; init; } = DefaultMaxFeatures;

    /// <exception cref="LearningException">A value is out of range (<c>feature_options_invalid</c>, with its name).</exception>
    internal void Validate()
    {
        Check(MaxCategories is >= 1 and <= ushort.MaxValue, nameof(MaxCategories), "1 to 65535");
        Check(MinFrequency >= 1, nameof(MinFrequency), "at least 1");
        Check(TextBuckets is >= 2 and <= MaxTextBuckets && int.IsPow2(TextBuckets), nameof(TextBuckets), "a power of two from 2 to 65536");
        Check(MaxFeatures >= 1, nameof(MaxFeatures), "at least 1");
    }

    private static void Check(bool holds, string option, string allowed)
    {
        if (!holds)
        {
            throw new LearningException("feature_options_invalid", $"{option} must be {allowed}.", option);
        }
    }
}
