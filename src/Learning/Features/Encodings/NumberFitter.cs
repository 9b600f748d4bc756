using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <inheritdoc cref="ColumnFitter"/>
internal sealed class NumberFitter(string column, FeatureNeeds needs) : ColumnFitter(column, needs)
{
    private static readonly string[] KeyNames = ["id", "index", "key", "uuid", "guid", "row", "row_number", "rownum"];

    private readonly SegmentedList<double> values = new(0);
    private bool mayBeKey = IsNamedLikeKey(column);
    private bool isConstant = true;
    private double first = double.NaN;

    protected override void TakeValues(Column rows)
    {
        ReadOnlySpan<double> taken = ((NumberColumn)rows).Values;
        if (taken.IsEmpty)
        {
            return;
        }

        first = double.IsNaN(first) ? taken[0] : first;
        isConstant = isConstant && !taken.ContainsAnyExcept(first);
        mayBeKey = mayBeKey && AreWhole(taken);
        if (KeepsValues || mayBeKey)
        {
            taken.CopyTo(values.Extend(taken.Length));
        }
    }

    protected override (ColumnEncoding? Encoding, DropReason Reason) FitPresent()
    {
        if (Missing == 0 && isConstant)
        {
            return (null, DropReason.Constant);
        }

        return IsKey()
            ? (null, DropReason.Identifier)
            : (new NumberEncoding(Column, Scaling.Fit(KeepsValues ? values.ToArray() : [], Needs), Indicates), default);
    }

    /// <summary>Only whole numbers that differ in every row, in a column called like a key: a year or a price may differ in every row too.</summary>
    private bool IsKey() => mayBeKey && Rows >= MinRowsOfIdentifier && values.ToArray().Distinct().Count() == Rows;

    private static bool IsNamedLikeKey(string column)
    {
        string name = column.ToLowerInvariant().Replace(' ', '_');
        return KeyNames.Contains(name, StringComparer.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal) || column.EndsWith("Id", StringComparison.Ordinal);
    }

    private static bool AreWhole(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsInteger(value))
            {
                return false;
            }
        }

        return true;
    }
}
