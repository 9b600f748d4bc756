using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Sketches;

/// <summary>The distributions of a table's columns: what later rows are compared with to see drift. Plain data.</summary>
/// <param name="Rows">The table's rows.</param>
/// <param name="Columns">One per column, in order.</param>
public sealed record TableSketch(int Rows, IReadOnlyList<ColumnSketch> Columns)
{
    /// <summary>Quantiles kept: every twentieth, so that deciles and quartiles are among them.</summary>
    public const int QuantileCount = 21;

    /// <summary>Categories kept by name; a distance between distributions hardly moves by rarer ones.</summary>
    public const int MaximumCategories = 50;

    /// <summary>Rows looked at: quantiles of so many lie within 1 % of the true probability (Dvoretzky, Kiefer and Wolfowitz, 1956, at 99.99 %).</summary>
    public const int MaximumRows = 50_000;

    /// <summary>Looks at a table, or at evenly spaced rows of a large one.</summary>
    /// <param name="table">What to look at.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed before every column.</param>
    public static TableSketch Of(Table table, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        Table seen = table.RowCount <= MaximumRows
            ? table
            : table.SelectRows([.. Enumerable.Range(0, MaximumRows).Select(row => (int)((long)row * table.RowCount / MaximumRows))]);
        ColumnSketch[] columns = new ColumnSketch[seen.Columns.Count];
        ParallelWork.For(columns.Length, maximumThreads, cancellationToken, column => columns[column] = ColumnSketcher.Sketch(seen.Columns[column]));
        return new TableSketch(table.RowCount, columns);
    }

    /// <summary>Whether its figures can be those of a table.</summary>
    internal bool IsSound => Rows >= 0 && Columns.All(column => column is not null && column.IsSound);
}
