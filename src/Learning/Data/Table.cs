using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Learning.Data;

/// <summary>Typed columns of equal length. Immutable and thread safe; selections share what they can.</summary>
public sealed class Table
{
    private readonly Column[] columns;

    /// <summary>A table of these columns, in this order.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="LearningException">A name is empty or used twice (<c>schema_invalid</c>).</exception>
    public Table(IReadOnlyList<Column> columns)
        : this(columns, null)
    {
    }

    /// <summary>A table that was read from a file.</summary>
    internal Table(IReadOnlyList<Column> columns, RowLines? lines)
    {
        Lines = lines;
        this.columns = [.. columns];
        RowCount = this.columns.Length == 0 ? 0 : this.columns[0].RowCount;
        if (Array.Find(this.columns, column => column.RowCount != RowCount) is { } odd)
        {
            throw new ArgumentException($"Column '{odd.Name}' has {odd.RowCount} rows instead of {RowCount}.", nameof(columns));
        }

        Schema = new([.. this.columns.Select(column => new ColumnSchema(column.Name, column.Type, column.MissingCount > 0))]);
    }

    private Table(TableSchema schema, Column[] columns, int rowCount) => (Schema, this.columns, RowCount) = (schema, columns, rowCount);

    /// <summary>Names, types and whether values are missing, in column order.</summary>
    public TableSchema Schema { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Where the rows begin in the file that they were read from; null when that is not known.</summary>
    internal RowLines? Lines { get; }

    /// <summary>The column of that name; names are compared exactly.</summary>
    /// <exception cref="LearningException">There is none (<c>column_missing</c>).</exception>
    public Column this[string name] => TryGet(name, out Column? column)
        ? column
        : throw new LearningException("column_missing", $"There is no column '{name}'; there are {ColumnList.Of(Schema)}.", name);

    /// <summary>The column of that name; names are compared exactly.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Column? column)
    {
        column = Schema.TryGetIndex(name, out int index) ? columns[index] : null;
        return column is not null;
    }

    /// <summary>A table of the given rows, in the given order; rows may repeat. The schema stays as it is.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="cancellationToken">Observed before every column.</param>
    public Table SelectRows(ReadOnlySpan<int> rows, CancellationToken cancellationToken = default)
    {
        Column[] selected = new Column[columns.Length];
        for (int index = 0; index < columns.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            selected[index] = columns[index].SelectRows(rows);
        }

        return new Table(Schema, selected, rows.Length);
    }

    /// <summary>A table of the named columns, in the given order.</summary>
    /// <exception cref="LearningException">One is not there (<c>column_missing</c>).</exception>
    public Table SelectColumns(IEnumerable<string> names) => new([.. names.Select(name => this[name])], Lines);
}
