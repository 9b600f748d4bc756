using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Reads off a table that is known to be good what later ones should be like. The table itself always passes.</summary>
public static class ExpectationInference
{
    /// <summary>An age that is always allowed: data of the same day count as fresh.</summary>
    public static readonly TimeSpan LeastMaxAge = TimeSpan.FromDays(1);

    /// <summary>Looks at every value.</summary>
    /// <param name="reference">The table that is known to be good.</param>
    /// <param name="now">When it was, UTC; for the age of its newest dates.</param>
    /// <param name="options">Null for <see cref="InferenceOptions.Default"/>.</param>
    /// <param name="cancellationToken">Observed before every column.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option would make the reference fail its own expectations.</exception>
    public static TableExpectations Infer(Table reference, DateTime now, InferenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= InferenceOptions.Default;
        if (!(options.RowTolerance >= 0 && options.AgeFactor >= 1 && options.MissingFactor >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The row tolerance must be at least 0, and the factors of age and missing values at least 1.");
        }

        List<ColumnExpectation> columns = new(reference.Columns.Count);
        foreach (Column column in reference.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.Add(Of(column, now, options));
        }

        return new TableExpectations(columns)
        {
            MinRows = (int)Math.Floor(reference.RowCount * Math.Max(0, 1 - options.RowTolerance)),
            MaxRows = (int)Math.Min(int.MaxValue, Math.Ceiling(reference.RowCount * (1 + options.RowTolerance))),
        };
    }

    private static ColumnExpectation Of(Column column, DateTime now, InferenceOptions options)
    {
        ColumnExpectation expected = new(column.Name, column.Type) { MaxMissingShare = MissingShare(column, options) };
        return column.MissingCount == column.RowCount ? expected : column switch
        {
            NumberColumn numbers => OfNumbers(numbers, expected, options),
            DateColumn dates => OfDates(dates, expected, now, options),
            TextColumn texts => OfTexts(texts, expected, options),
            _ => expected,
        };
    }

    private static ColumnExpectation OfNumbers(NumberColumn column, ColumnExpectation expected, InferenceOptions options)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        bool isWhole = true;
        foreach (double value in column.Values)
        {
            if (!double.IsNaN(value))
            {
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
                isWhole &= value == Math.Truncate(value);
            }
        }

        // Measurements rarely repeat either, and may any day; whole numbers without repetition are ids.
        expected = expected with { Minimum = least, Maximum = greatest, Unique = isWhole && IsUnique(column, options) };
        return options.Previous?.Columns.FirstOrDefault(column => column.Name == expected.Name) is { } previous
            ? WithBoundsKept(expected, previous, least, greatest)
            : expected;
    }

    private static ColumnExpectation WithBoundsKept(ColumnExpectation expected, ColumnExpectation previous, double least, double greatest)
    {
        ColumnExpectation kept = expected with
        {
            Minimum = least < previous.Minimum ? previous.Minimum : least,
            Maximum = greatest > previous.Maximum ? previous.Maximum : greatest,
            RelativeTolerance = previous.RelativeTolerance,
        };
        ValueRules rules = new(kept);
        return kept.Minimum <= kept.Maximum && rules.OfNumber(least) == Faults.None && rules.OfNumber(greatest) == Faults.None ? kept : expected;
    }

    private static ColumnExpectation OfDates(DateColumn column, ColumnExpectation expected, DateTime now, InferenceOptions options)
    {
        if (!options.FreshnessColumns.Contains(column.Name))
        {
            return expected;
        }

        if (Freshness.NewestOf(column, now) is not { } newest)
        {
            return expected;
        }

        double ticks = (now - newest).Ticks * options.AgeFactor;
        TimeSpan age = ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
        return expected with { MaxAge = age > LeastMaxAge ? age : LeastMaxAge };
    }

    /// <summary>None where there is none; else some more than the reference has, and any where it has nothing else.</summary>
    /// <remarks>The upper end of Wilson's interval for a share (JASA 22, 1927), so that few rows promise little.</remarks>
    private static double? MissingShare(Column column, InferenceOptions options)
    {
        if (column.MissingCount == 0 || column.MissingCount == column.RowCount)
        {
            return column.MissingCount == 0 ? 0 : null;
        }

        const double Deviations = 3;
        double share = (double)column.MissingCount / column.RowCount;
        double spread = Deviations * Deviations / column.RowCount;
        double upper = (share + (spread / 2) + Math.Sqrt(spread * ((share * (1 - share)) + (spread / 4)))) / (1 + spread);
        return Math.Min(1, options.MissingFactor * upper);
    }

    private static ColumnExpectation OfTexts(TextColumn column, ColumnExpectation expected, InferenceOptions options)
    {
        int[] counts = column.CountPerCode();
        string[] values = [.. column.Dictionary.Where((_, code) => counts[code] > 0)];
        bool isSet = column.Type == ColumnType.Category && values.Length <= options.MaxSetSize
            && (long)values.Length * options.MinRowsPerValue <= column.RowCount - column.MissingCount;
        return expected with
        {
            Values = isSet ? [.. values.Order(StringComparer.Ordinal)] : null,
            Pattern = isSet || column.Type == ColumnType.Text ? null : ShapePattern.Of(values),
            Unique = IsUnique(column, options),
        };
    }

    private static bool IsUnique(Column column, InferenceOptions options) =>
        column.MissingCount == 0 && column.RowCount >= options.MinRowsForUnique && !Repeats.Of(column).Any();
}
