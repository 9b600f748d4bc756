using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>The rows that a <see cref="TableSketch"/> of the whole would look at, while they come in.</summary>
/// <param name="schema">The columns.</param>
/// <param name="rowCount">Rows that will come.</param>
internal sealed class SketchedRows(TableSchema schema, int rowCount)
{
    /// <summary>Values held at most: 32 MiB as numbers. Wide tables are seen by fewer rows.</summary>
    private const int MaximumValues = 4 << 20;

    private readonly ColumnPieces[] pieces = [.. schema.Columns.Select(column => new ColumnPieces(column.Name))];
    private readonly int wanted = Math.Min(rowCount, Math.Min(TableSketch.MaximumRows, Math.Max(1, MaximumValues / schema.Columns.Count)));
    private int kept;
    private int row;

    /// <summary>Takes the next rows.</summary>
    public void Take(Table rows)
    {
        List<int> chosen = [];
        for (; kept < wanted && RowOf(kept) < row + rows.RowCount; kept++)
        {
            chosen.Add(RowOf(kept) - row);
        }

        row += rows.RowCount;
        Table few = chosen.Count == rows.RowCount ? rows : rows.SelectRows([.. chosen]);
        for (int index = 0; index < pieces.Length; index++)
        {
            ColumnSchema column = schema.Columns[index];
            Column values = few.TryGet(column.Name, out Column? there) ? there : ColumnPieces.Missing(column.Name, ColumnType.Number, few.RowCount);

            // Of free text the sketch tells the length alone.
            pieces[index].Add(values is TextColumn { Type: ColumnType.Text } texts ? Lengths(texts) : values);
        }
    }

    /// <summary>The sketch, once all rows have come.</summary>
    public TableSketch Finish(int maximumThreads, CancellationToken cancellationToken)
    {
        ColumnSketch[] columns = new ColumnSketch[pieces.Length];
        ParallelWork.For(columns.Length, maximumThreads, cancellationToken, index =>
        {
            ColumnType type = schema.Columns[index].Type;
            columns[index] = ColumnSketcher.Sketch(pieces[index].Join(type == ColumnType.Text ? ColumnType.Number : type)) with { Type = type };
        });
        return new TableSketch(rowCount, columns);
    }

    private int RowOf(int index) => (int)((long)index * rowCount / wanted);

    private static NumberColumn Lengths(TextColumn texts)
    {
        double[] lengths = new double[texts.RowCount];
        for (int index = 0; index < lengths.Length; index++)
        {
            lengths[index] = texts.ValueAt(index)?.Length ?? double.NaN;
        }

        return new NumberColumn(texts.Name, lengths);
    }
}
