namespace Trainyard.Learning.Data.Blocks;

/// <summary>Hands on the rows of a CSV file chunk by chunk, and keeps nothing.</summary>
internal sealed class CsvBlocks : ICsvColumns
{
    private readonly string[] names;
    private readonly ColumnSchema?[] given;
    private readonly IRowBlocks rows;

    /// <exception cref="LearningException">The names do not match the schema (<c>column_missing</c>, <c>column_unknown</c>).</exception>
    public CsvBlocks(string[] names, TableSchema? schema, IRowBlocks rows)
    {
        this.names = names;
        this.rows = rows;
        given = SchemaOrder.Match(names, schema);
    }

    public int Count => names.Length;

    public bool AreUncertain => false;

    public RowSink?[] FirstSinks() => NextSinks(0, 0);

    public RowSink?[] NextSinks(int rowsBefore, int capacity)
    {
        RowSink?[] sinks = new RowSink?[names.Length];
        for (int index = 0; index < sinks.Length; index++)
        {
            sinks[index] = (given[index] ?? rows.SchemaOf(names[index])) is { } schema ? new TypedSink(schema, rowsBefore, capacity) : new SniffingSink(capacity);
        }

        return sinks;
    }

    public void Begin(RowSink?[] sinks) => Absorb(sinks);

    public void Absorb(RowSink?[] sinks)
    {
        if (RowBlock.Of(names, sinks) is { } block)
        {
            rows.Take(block);
        }
    }
}
