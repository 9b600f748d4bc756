using Trainyard.Learning.Concurrency;

namespace Trainyard.Learning.Data;

/// <summary>
/// The columns of a CSV file while it is being read. The first rows say which type a column is likely to have; later ones
/// are read as that. A column that it turns out not to fit is read once more, as text, from the chunks that were kept.
/// </summary>
internal sealed class CsvColumns : ICsvColumns
{
    private readonly string[] names;
    private readonly TableSchema? schema;
    private readonly ColumnSchema?[] given;
    private readonly CellArena?[] first;
    private readonly ColumnBuilder?[] builders;

    /// <exception cref="LearningException">The names do not match the schema (<c>column_missing</c>, <c>column_unknown</c>).</exception>
    public CsvColumns(string[] names, TableSchema? schema)
    {
        this.names = names;
        this.schema = schema;
        given = SchemaOrder.Match(names, schema);
        first = new CellArena?[names.Length];
        builders = new ColumnBuilder?[names.Length];
    }

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>Whether the bytes of the chunks must be kept, because a type is no more than likely.</summary>
    public bool AreUncertain => Enumerable.Range(0, Count).Any(index => given[index] is null && builders[index]?.Type is not ColumnType.Category);

    /// <summary>Columns that do not have the type they seemed to have.</summary>
    public int[] Mistaken => [.. Enumerable.Range(0, Count).Where(index => builders[index] is null)];

    /// <summary>Sinks for the first rows.</summary>
    public RowSink?[] FirstSinks() => [.. given.Select(column => column is null ? (RowSink)new InferringSink() : new TypedSink(column))];

    /// <summary>Sinks for rows behind the first.</summary>
    /// <param name="rowsBefore">Rows of the file before, for error messages.</param>
    /// <param name="capacity">Rows to expect.</param>
    public RowSink?[] NextSinks(int rowsBefore, int capacity)
    {
        RowSink?[] sinks = new RowSink?[Count];
        for (int index = 0; index < sinks.Length; index++)
        {
            sinks[index] = given[index] is { } column
                ? new TypedSink(column, rowsBefore, capacity)
                : builders[index] is { } builder ? new GuessingSink(builder.Type, capacity) : null;
        }

        return sinks;
    }

    /// <summary>Takes the first rows.</summary>
    public void Begin(RowSink?[] sinks)
    {
        for (int index = 0; index < sinks.Length; index++)
        {
            first[index] = (sinks[index] as InferringSink)?.Cells;
            builders[index] = sinks[index]!.ToBuilder();
        }
    }

    /// <summary>Takes the rows of the next chunk.</summary>
    public void Absorb(RowSink?[] sinks)
    {
        for (int index = 0; index < sinks.Length; index++)
        {
            if (sinks[index] is null or GuessingSink { HasFailed: true })
            {
                builders[index] = null;
            }

            builders[index]?.Absorb(sinks[index]!.ToBuilder());
        }
    }

    /// <summary>Takes the cells of a mistaken column once more, those of the first rows left out.</summary>
    public void Replace(int index, IEnumerable<CellArena> later, CancellationToken cancellationToken) =>
        builders[index] = TypeInference.Fit([first[index]!, .. later], cancellationToken);

    /// <summary>The table of all rows, which begin on these lines.</summary>
    public Table Build(RowLines lines, int maximumThreads, CancellationToken cancellationToken)
    {
        Column[] columns = new Column[Count];
        ParallelWork.For(Count, maximumThreads, cancellationToken, index =>
        {
            columns[index] = SchemaOrder.Build(names[index], builders[index]!, schema);
            builders[index] = null;
        });
        return SchemaOrder.Apply(columns, schema, lines);
    }
}
