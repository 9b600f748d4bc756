using System.Text.RegularExpressions;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Judges single values of one column.</summary>
internal sealed class ValueRules
{
    private readonly ColumnType type;
    private readonly double least;
    private readonly double greatest;
    private readonly long earliest;
    private readonly long latest;
    private readonly HashSet<string>? values;
    private readonly Regex? pattern;
    private bool hasTimedOut;

    public ValueRules(ColumnExpectation expected)
    {
        type = expected.Type;
        double slack = expected.RelativeTolerance * Math.Max(Math.Abs(expected.Minimum ?? 0), Math.Abs(expected.Maximum ?? 0));
        least = (expected.Minimum ?? double.NegativeInfinity) - slack;
        greatest = (expected.Maximum ?? double.PositiveInfinity) + slack;
        earliest = UtcTicks(expected.Earliest) ?? long.MinValue;
        latest = UtcTicks(expected.Latest) ?? long.MaxValue;
        values = expected.Values?.ToHashSet(StringComparer.Ordinal);
        pattern = expected.CompilePattern(TableValidator.DefaultPatternTimeout);
    }

    /// <summary>Whether a number of a number column needs no more than its bounds looked at.</summary>
    public bool AreBoundsAll => type == ColumnType.Number && values is null && pattern is null;

    public Faults OfNumber(double number) => number >= least && number <= greatest ? Faults.None : Faults.Range;

    public Faults OfDate(long ticks) => ticks >= earliest && ticks <= latest ? Faults.None : Faults.Range;

    /// <summary>Judges a value by its text, whatever its column holds.</summary>
    public Faults OfText(string text)
    {
        Faults faults = type switch
        {
            ColumnType.Number => ValueText.TryNumber(text, out double number) ? OfNumber(number) : Faults.Type,
            ColumnType.Boolean => ValueText.TryBoolean(text, out _) ? Faults.None : Faults.Type,
            ColumnType.Date => ValueText.TryDate(text, out long ticks) ? OfDate(ticks) : Faults.Type,
            _ => Faults.None,
        };
        return faults | (values is null || values.Contains(text) ? Faults.None : Faults.Set) | OfPattern(text);
    }

    // JSON turns a date with an offset into one of the machine's own time zone; one without any is UTC.
    private static long? UtcTicks(DateTime? date) => date is { Kind: DateTimeKind.Local } local ? local.ToUniversalTime().Ticks : date?.Ticks;

    private Faults OfPattern(string text)
    {
        if (pattern is null || hasTimedOut)
        {
            return Faults.None;
        }

        try
        {
            return pattern.IsMatch(text) ? Faults.None : Faults.Pattern;
        }
        catch (RegexMatchTimeoutException)
        {
            // One value that a pattern chokes on is seldom the only one: the rest would take as long each.
            hasTimedOut = true;
            return Faults.PatternTimeout;
        }
    }
}
