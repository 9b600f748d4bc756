using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Checks a table against what is expected of it: every column once, all of its expectations row by row together.</summary>
/// <remarks>Memory: a few figures per column; where values must be unique, 12 bytes a row for one column per thread; for text, a byte per distinct one.</remarks>
public static class TableValidator
{
    /// <summary>How long one value may take to match a pattern: a sane one takes microseconds. Past it the column's matching stops.</summary>
    public static readonly TimeSpan DefaultPatternTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks every row.</summary>
    /// <param name="table">What to check.</param>
    /// <param name="expectations">What it should be.</param>
    /// <param name="now">When it is checked, UTC; ages are counted from here.</param>
    /// <param name="maximumThreads">Threads at most; the report is the same for any.</param>
    /// <param name="cancellationToken">Observed every few thousand rows of every column.</param>
    /// <exception cref="LearningException">The expectations contradict themselves (<c>expectations_invalid</c>).</exception>
    public static ValidationReport Check(
        Table table, TableExpectations expectations, DateTime now, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        expectations.Validate();
        IReadOnlyList<Violation>[] perColumn = new IReadOnlyList<Violation>[expectations.Columns.Count];
        ParallelWork.For(perColumn.Length, maximumThreads, cancellationToken, index =>
        {
            ColumnExpectation expected = expectations.Columns[index];
            perColumn[index] = table.TryGet(expected.Name, out Column? column)
                ? new ColumnCheck(column, expected, table.Lines, now).Run(cancellationToken)
                : [new Violation(ExpectationKind.ColumnMissing, expected.Name, 0, $"The column '{expected.Name}' is not there.", [])];
        });
        return new ValidationReport(table.RowCount, [.. OfTable(table, expectations), .. perColumn.SelectMany(each => each)]);
    }

    private static IEnumerable<Violation> OfTable(Table table, TableExpectations expectations)
    {
        if (table.RowCount < expectations.MinRows || table.RowCount > expectations.MaxRows)
        {
            string bounds = $"at least {expectations.MinRows ?? 0}{(expectations.MaxRows is { } most ? $" and at most {most}" : "")}";
            yield return new Violation(ExpectationKind.RowCount, null, 0, $"There are {table.RowCount} rows; there should be {bounds}.", []);
        }

        HashSet<string> known = [.. expectations.Columns.Select(column => column.Name)];
        foreach (Column column in table.Columns)
        {
            if (!expectations.AllowsOtherColumns && !known.Contains(column.Name))
            {
                yield return new Violation(ExpectationKind.ColumnUnknown, column.Name, 0, $"The column '{column.Name}' is not expected.", []);
            }
        }
    }
}
