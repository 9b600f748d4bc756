using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Checks one column in one pass over its rows.</summary>
internal sealed class ColumnCheck(Column column, ColumnExpectation expected, RowLines? lines, DateTime now)
{
    private static readonly (Faults Fault, ExpectationKind Kind)[] Kinds =
    [
        (Faults.Type, ExpectationKind.Type),
        (Faults.Range, ExpectationKind.Range),
        (Faults.Set, ExpectationKind.Set),
        (Faults.Pattern, ExpectationKind.Pattern),
        (Faults.PatternTimeout, ExpectationKind.PatternTimeout),
    ];

    /// <summary>Rows between two looks at the token.</summary>
    private const int RowsPerLook = 4096;

    private readonly ValueRules rules = new(expected);
    private readonly FaultTally missing = new(column, lines);
    private readonly FaultTally[] tallies = [.. Kinds.Select(_ => new FaultTally(column, lines))];

    public List<Violation> Run(CancellationToken cancellationToken)
    {
        Func<int, Faults> judge = Judge(cancellationToken);
        for (int row = 0; row < column.RowCount; row++)
        {
            if (row % RowsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Faults faults = judge(row);
            if (faults != Faults.None)
            {
                Count(faults, row);
            }
        }

        List<Violation> violations = [];
        if (missing.Count > (expected.MaxMissingShare ?? 1) * column.RowCount)
        {
            violations.Add(missing.ToViolation(ExpectationKind.Missing, $"{missing.Count} of {column.RowCount} rows have no value in column '{column.Name}'; at most {expected.MaxMissingShare:P2} may."));
        }

        for (int index = 0; index < Kinds.Length; index++)
        {
            if (tallies[index].Count > 0)
            {
                violations.Add(tallies[index].ToViolation(Kinds[index].Kind, Message(Kinds[index].Kind, tallies[index].Count)));
            }
        }

        violations.AddRange(OfUniqueness());
        violations.AddRange(OfFreshness());
        return violations;
    }

    /// <summary>The fastest way to judge a row: text is judged once per distinct value.</summary>
    private Func<int, Faults> Judge(CancellationToken cancellationToken)
    {
        switch (column)
        {
            case NumberColumn numbers when rules.AreBoundsAll:
                return row => double.IsNaN(numbers.Values[row]) ? Faults.Missing : rules.OfNumber(numbers.Values[row]);
            case TextColumn texts:
                // A code that no row has must not be judged: a pattern could time out on it.
                int[] counts = texts.CountPerCode();
                Faults[] perCode = new Faults[counts.Length];
                for (int code = 0; code < perCode.Length; code++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    perCode[code] = counts[code] == 0 ? Faults.None : rules.OfText(texts.Dictionary[code]);
                }

                return row => texts.Codes[row] == TextColumn.MissingCode ? Faults.Missing : perCode[texts.Codes[row]];
            case DateColumn dates when expected is { Type: ColumnType.Date, Values: null, Pattern: null }:
                return row => dates.ValueAt(row) is { } date ? rules.OfDate(date.Ticks) : Faults.Missing;
            default:
                return row => column.TextAt(row) is { } text ? rules.OfText(text) : Faults.Missing;
        }
    }

    private void Count(Faults faults, int row)
    {
        if ((faults & Faults.Missing) != Faults.None)
        {
            missing.Add(row);
        }

        for (int index = 0; index < Kinds.Length; index++)
        {
            if ((faults & Kinds[index].Fault) != Faults.None)
            {
                tallies[index].Add(row);
            }
        }
    }

    private string Message(ExpectationKind kind, int count) => kind switch
    {
        ExpectationKind.Type => $"{count} values of column '{column.Name}' are not {ColumnBuilder.Expectation(expected.Type)}.",
        ExpectationKind.Range when expected.Type == ColumnType.Date => $"{count} values of column '{column.Name}' are not between {Bound(expected.Earliest)} and {Bound(expected.Latest)}.",
        ExpectationKind.Range => $"{count} values of column '{column.Name}' are not between {Bound(expected.Minimum)} and {Bound(expected.Maximum)}.",
        ExpectationKind.Set => $"{count} values of column '{column.Name}' are none of the {expected.Values!.Count} known ones.",
        ExpectationKind.Pattern => $"{count} values of column '{column.Name}' do not match {expected.Pattern}.",
        _ => $"Matching column '{column.Name}' with {expected.Pattern} took too long and was given up; write a pattern without nested repetition.",
    };

    private static string Bound(double? number) => number is { } value ? ValueText.OfNumber(value) : "any";

    private static string Bound(DateTime? date) => date is { } value ? ValueText.OfDate(value) : "any";

    private IEnumerable<Violation> OfUniqueness()
    {
        if (!expected.Unique)
        {
            yield break;
        }

        FaultTally repeats = new(column, lines);
        foreach (int row in Repeats.Of(column))
        {
            repeats.Add(row);
        }

        if (repeats.Count > 0)
        {
            yield return repeats.ToViolation(ExpectationKind.Unique, $"{repeats.Count} rows repeat a value of column '{column.Name}', which must be unique.");
        }
    }

    private IEnumerable<Violation> OfFreshness()
    {
        if (expected.MaxAge is not { } age)
        {
            yield break;
        }

        DateTime? newest = Freshness.NewestOf(column, now);
        if (newest is null || now - newest > age)
        {
            string found = newest is { } date ? $"is of {ValueText.OfDate(date)}" : "is missing";
            yield return new Violation(ExpectationKind.Freshness, column.Name, 0, $"The newest value of column '{column.Name}', dates to come left out, {found}; it may be {age} old.", []);
        }
    }
}
