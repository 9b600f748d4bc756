namespace Trainyard.Learning.Data;

/// <summary>What a table holds, in figures: one entry per column. Serialisable.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The columns, in order.</param>
public sealed record TableProfile(int Rows, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>Most frequent values that a column's profile lists.</summary>
    public const int TopValues = 10;

    /// <summary>Characters of a listed value; what is longer is cut and ends in an ellipsis.</summary>
    public const int MaxValueLength = 100;

    /// <summary>Looks at every value; time grows with n log n for numbers.</summary>
    /// <param name="table">What to look at.</param>
    /// <param name="cancellationToken">Observed before every column.</param>
    public static TableProfile Of(Table table, CancellationToken cancellationToken = default)
    {
        List<ColumnProfile> columns = new(table.Columns.Count);
        foreach (Column column in table.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.Add(ColumnProfiler.Profile(column, table.Lines));
        }

        return new TableProfile(table.RowCount, columns);
    }
}
