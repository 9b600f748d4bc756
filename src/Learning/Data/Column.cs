namespace Trainyard.Learning.Data;

/// <summary>The values of one column. Immutable and thread safe.</summary>
public abstract class Column
{
    private protected Column(string name, ColumnType type, int rowCount, int missingCount) =>
        (Name, Type, RowCount, MissingCount) = (name, type, rowCount, missingCount);

    /// <summary>Its name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public ColumnType Type { get; }

    /// <summary>Rows, missing ones included.</summary>
    public int RowCount { get; }

    /// <summary>Rows that have no value.</summary>
    public int MissingCount { get; }

    /// <summary>Whether the row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The value as a client would give it; it reads back as the same value.</summary>
    public abstract Cell CellAt(int row);

    /// <summary>The value as text that reads back as the same value; null when it is missing.</summary>
    public abstract string? TextAt(int row);

    /// <summary>A new column of the given rows, in the given order; rows may repeat.</summary>
    public abstract Column SelectRows(ReadOnlySpan<int> rows);

    private protected static T[] Select<T>(T[] values, ReadOnlySpan<int> rows)
    {
        T[] selected = new T[rows.Length];
        for (int index = 0; index < rows.Length; index++)
        {
            selected[index] = values[rows[index]];
        }

        return selected;
    }
}
