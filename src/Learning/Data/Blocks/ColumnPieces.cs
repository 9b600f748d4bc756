namespace Trainyard.Learning.Data.Blocks;

/// <summary>The values of one column that come in pieces, held as small as they are.</summary>
internal sealed class ColumnPieces(string name)
{
    private readonly List<Column> pieces = [];

    /// <summary>What the values are; null while all are missing.</summary>
    public ColumnType? Type { get; private set; }

    /// <summary>Characters of the texts held.</summary>
    public long Characters { get; private set; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>A column without any value.</summary>
    public static Column Missing(string name, ColumnType type, int rows)
    {
        ColumnBuilder builder = ColumnBuilder.For(type, rows);
        for (int row = 0; row < rows; row++)
        {
            builder.AppendMissing();
        }

        return builder.Build(name);
    }

    /// <summary>Takes the next rows; all values must be of one type, but where all are missing any type will do.</summary>
    public void Add(Column rows)
    {
        if (rows.RowCount == 0)
        {
            return;
        }

        Column compact = rows is TextColumn texts && texts.Dictionary.Count > texts.RowCount ? Texts(texts.Type, [texts]) : rows;
        pieces.Add(compact);
        Count += rows.RowCount;
        Characters += CharactersOf(compact);
        Type ??= rows.MissingCount < rows.RowCount ? rows.Type : null;
    }

    /// <summary>Lets go of all rows but these, which are in ascending order.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        // Piece by piece: all of them at once would be held twice.
        Column[] old = [.. pieces];
        Clear();
        int before = 0;
        foreach (Column piece in old)
        {
            int count = 0;
            while (count < rows.Length && rows[count] < before + piece.RowCount)
            {
                count++;
            }

            int[] own = rows[..count].ToArray();
            for (int index = 0; index < own.Length; index++)
            {
                own[index] -= before;
            }

            Add(piece.SelectRows(own));
            rows = rows[count..];
            before += piece.RowCount;
        }
    }

    /// <summary>Lets go of all rows.</summary>
    public void Clear()
    {
        pieces.Clear();
        (Count, Characters) = (0, 0);
    }

    /// <summary>All rows as one column.</summary>
    public Column Join(ColumnType type) => type switch
    {
        ColumnType.Number => new NumberColumn(name, Numbers()),
        ColumnType.Boolean => new BooleanColumn(name, pieces.SelectMany(piece => Enumerable.Range(0, piece.RowCount).Select(row => (piece as BooleanColumn)?.ValueAt(row)))),
        ColumnType.Date => new DateColumn(name, pieces.SelectMany(piece => Enumerable.Range(0, piece.RowCount).Select(row => (piece as DateColumn)?.ValueAt(row)))),
        _ => Texts(type, pieces),
    };

    private double[] Numbers()
    {
        double[] numbers = GC.AllocateUninitializedArray<double>(Count);
        int row = 0;
        foreach (Column piece in pieces)
        {
            Span<double> own = numbers.AsSpan(row, piece.RowCount);
            if (piece is NumberColumn taken)
            {
                taken.Values.CopyTo(own);
            }
            else
            {
                own.Fill(double.NaN);
            }

            row += piece.RowCount;
        }

        return numbers;
    }

    private TextColumn Texts(ColumnType type, IEnumerable<Column> parts) =>
        new(name, type, parts.SelectMany(piece => Enumerable.Range(0, piece.RowCount).Select(row => (piece as TextColumn)?.ValueAt(row))));

    private static long CharactersOf(Column rows)
    {
        long characters = 0;
        foreach (string text in (rows as TextColumn)?.Dictionary ?? [])
        {
            characters += text.Length;
        }

        return characters;
    }
}
