using System.Text.RegularExpressions;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>What the values of one column are expected to be; what is null or false is not looked at.</summary>
/// <param name="Name">The column, which must be there.</param>
/// <param name="Type">What each value must be. Any text is a category as well as free text.</param>
public sealed record ColumnExpectation(string Name, ColumnType Type)
{
    /// <summary>The tolerance by default: numbers that went through 32-bit floating point, or text of seven digits, still pass.</summary>
    public const double DefaultRelativeTolerance = 1e-6;

    /// <summary>Share of the rows that may have no value, 0 to 1; 0: none.</summary>
    public double? MaxMissingShare { get; init; }

    /// <summary>Smallest number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>
    /// How far past <see cref="Minimum"/> and <see cref="Maximum"/> a number may lie, as a share of the larger of their
    /// magnitudes. It is applied when values are checked and is no part of the bounds.
    /// </summary>
    public double RelativeTolerance { get; init; } = DefaultRelativeTolerance;

    /// <summary>Earliest date, UTC.</summary>
    public DateTime? Earliest { get; init; }

    /// <summary>Latest date, UTC.</summary>
    public DateTime? Latest { get; init; }

    /// <summary>How old the newest date may be when it is checked.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The texts that a value may be; compared exactly.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>A .NET regular expression that each text must match somewhere; anchor it to match the whole.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether no value may be there twice.</summary>
    public bool Unique { get; init; }

    /// <exception cref="LearningException">It contradicts itself (<c>expectations_invalid</c>).</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name) || !Enum.IsDefined(Type))
        {
            throw Invalid("needs a name and a known type");
        }

        if (MaxMissingShare is { } share && !(share is >= 0 and <= 1))
        {
            throw Invalid("has a share of missing values that is not between 0 and 1");
        }

        if (!double.IsFinite(Minimum ?? 0) || !double.IsFinite(Maximum ?? 0) || Minimum > Maximum || Earliest > Latest)
        {
            throw Invalid("has bounds that no value lies between");
        }

        if (!(RelativeTolerance is >= 0 and < double.PositiveInfinity) || MaxAge < TimeSpan.Zero)
        {
            throw Invalid("has a tolerance or an age below zero");
        }

        if (Values?.Any(value => value is null) == true)
        {
            throw Invalid("has null among its values; use maxMissingShare");
        }
    }

    /// <exception cref="LearningException">It is no regular expression (<c>expectations_invalid</c>).</exception>
    internal Regex? CompilePattern(TimeSpan timeout)
    {
        try
        {
            return Pattern is null ? null : new Regex(Pattern, RegexOptions.CultureInvariant, timeout);
        }
        catch (RegexParseException exception)
        {
            throw new LearningException("expectations_invalid", $"The pattern of column '{Name}' is not a regular expression: {exception.Message}", Name, exception);
        }
    }

    private LearningException Invalid(string what) => new("expectations_invalid", $"The expectation of column '{Name}' {what}.", Name);
}
