namespace Trainyard.Learning.Validation;

/// <summary>How much of a reference table becomes an expectation.</summary>
public sealed record InferenceOptions
{
    /// <summary>Distinct values of a column that are taken for a complete set, at most: countries fit, surnames do not.</summary>
    public const int DefaultMaxSetSize = 250;

    /// <summary>Rows per distinct value that such a set needs on average, so that each was seen more than by chance.</summary>
    public const int DefaultMinRowsPerValue = 5;

    /// <summary>Rows from which on a column without repetition is taken for unique.</summary>
    public const int DefaultMinRowsForUnique = 20;

    /// <summary>How far the number of rows may be from the reference's, as a share of it.</summary>
    public const double DefaultRowTolerance = 0.5;

    /// <summary>How many times the share of missing values that the reference shows to be plausible may be missing; at least 1.</summary>
    public const double DefaultMissingFactor = 2;

    /// <summary>How many times as old as the reference the newest date may become.</summary>
    public const double DefaultAgeFactor = 2;

    /// <summary>The defaults.</summary>
    public static InferenceOptions Default { get; } = new();

    /// <inheritdoc cref="DefaultMaxSetSize"/>
    public int MaxSetSize { get; init; } = DefaultMaxSetSize;

    /// <inheritdoc cref="DefaultMinRowsPerValue"/>
    public int MinRowsPerValue { get; init; } = DefaultMinRowsPerValue;

    /// <inheritdoc cref="DefaultMinRowsForUnique"/>
    public int MinRowsForUnique { get; init; } = DefaultMinRowsForUnique;

    /// <inheritdoc cref="DefaultRowTolerance"/>
    public double RowTolerance { get; init; } = DefaultRowTolerance;

    /// <summary>
    /// What was expected so far; null when this is the first time. A bound of it stays where the reference passes it by no
    /// more than the tolerance, so that bounds do not creep when they are learned again from data that they let pass.
    /// </summary>
    public TableExpectations? Previous { get; init; }

    /// <summary>The date columns that say how fresh the data are; only of these an age is expected.</summary>
    public IReadOnlyList<string> FreshnessColumns { get; init; } = [];

    /// <inheritdoc cref="DefaultMissingFactor"/>
    public double MissingFactor { get; init; } = DefaultMissingFactor;

    /// <inheritdoc cref="DefaultAgeFactor"/>
    public double AgeFactor { get; init; } = DefaultAgeFactor;
}
