namespace Trainyard.Learning.Data.Blocks;

/// <summary>Keeps the rows of a sample while a file goes by.</summary>
/// <remarks>
/// Every row has a random number that follows from its place in the file; the rows with the smallest are the sample
/// (Fan, Muller and Rezucha, Development of sampling plans by using sequential selection techniques, JASA 1962). Up to
/// twice the rows wanted are held. Where no schema gives types, cells are kept as text, and types follow from the sample.
/// </remarks>
/// <param name="sampling">Which rows.</param>
/// <param name="schema">What the columns must be; null to infer it.</param>
internal sealed class ReservoirRows(RowSampling sampling, TableSchema? schema) : IRowBlocks
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, ColumnPieces> columns = new(StringComparer.Ordinal);
    private readonly List<ulong> orders = [];
    private ulong bound = sampling.Fraction >= 1 ? ulong.MaxValue : (ulong)(sampling.Fraction * ulong.MaxValue);
    private long rows;

    /// <inheritdoc/>
    public ColumnSchema? SchemaOf(string name) => new(name, ColumnType.Category, Nullable: true);

    /// <inheritdoc/>
    public void Take(RowBlock block)
    {
        int before = orders.Count;
        List<int> chosen = [];
        for (int row = 0; row < block.RowCount; row++)
        {
            ulong order = sampling.OrderOf(rows + row);
            if (order <= bound)
            {
                chosen.Add(row);
                orders.Add(order);
            }
        }

        rows += block.RowCount;
        Add(block, [.. chosen], before);
        if (orders.Count - sampling.Count >= sampling.Count)
        {
            Prune();
        }
    }

    /// <summary>The sample, in the order of the file.</summary>
    public Table Build()
    {
        Prune();
        Column[] built = [.. names.Select(name => schema is null ? Inferred(name) : columns[name].Join(schema.Columns.First(column => column.Name == name).Type))];
        return SchemaOrder.Apply(built, schema, lines: null);
    }

    private void Add(RowBlock block, int[] chosen, int before)
    {
        foreach (Column column in block.Columns)
        {
            if (!columns.TryGetValue(column.Name, out ColumnPieces? pieces))
            {
                pieces = new ColumnPieces(column.Name);
                pieces.Add(ColumnPieces.Missing(column.Name, column.Type, before));
                columns.Add(column.Name, pieces);
                names.Add(column.Name);
            }

            pieces.Add(column.SelectRows(chosen));
        }

        foreach (string name in names)
        {
            // A column that this block lacks is missing in all of its rows.
            int lacking = orders.Count - columns[name].Count;
            if (lacking > 0)
            {
                columns[name].Add(ColumnPieces.Missing(name, ColumnType.Category, lacking));
            }
        }
    }

    private void Prune()
    {
        if (orders.Count <= sampling.Count)
        {
            return;
        }

        ulong[] sorted = [.. orders];
        Array.Sort(sorted);
        bound = sorted[sampling.Count - 1];
        int[] kept = [.. Enumerable.Range(0, orders.Count).Where(row => orders[row] <= bound)];
        foreach (ColumnPieces pieces in columns.Values)
        {
            pieces.Keep(kept);
        }

        ulong[] left = [.. kept.Select(row => orders[row])];
        orders.Clear();
        orders.AddRange(left);
    }

    private Column Inferred(string name)
    {
        InferringSink sink = new();
        TextColumn cells = (TextColumn)columns[name].Join(ColumnType.Category);
        for (int row = 0; row < cells.RowCount; row++)
        {
            if (cells.ValueAt(row) is { } text)
            {
                sink.Append(System.Text.Encoding.UTF8.GetBytes(text), 0);
            }
            else
            {
                sink.AppendMissing(0);
            }
        }

        return SchemaOrder.Build(name, sink.ToBuilder(), null);
    }
}
