namespace Trainyard.Learning.Data;

/// <summary>Fits the columns of a file to a schema that was given.</summary>
internal static class SchemaOrder
{
    /// <summary>One sink per column of the file.</summary>
    /// <exception cref="LearningException">The file lacks a column (<c>column_missing</c>) or has one too many (<c>column_unknown</c>).</exception>
    public static RowSink[] SinksFor(IReadOnlyList<string> names, TableSchema? schema)
    {
        if (schema?.Columns.FirstOrDefault(column => !names.Contains(column.Name)) is { } absent)
        {
            throw new LearningException("column_missing", $"The file has no column '{absent.Name}'.", absent.Name);
        }

        return [.. names.Select(name => SinkFor(name, schema))];
    }

    public static RowSink SinkFor(string name, TableSchema? schema)
    {
        if (schema is null)
        {
            return new InferringSink(name);
        }

        return schema.TryGet(name, out ColumnSchema? column)
            ? new TypedSink(column)
            : throw new LearningException("column_unknown", $"The column '{name}' is not expected; expected are {ColumnList.Of(schema)}.", name);
    }

    /// <summary>The table, its columns in the order of the schema if there is one.</summary>
    public static Table Apply(Column[] columns, TableSchema? schema)
    {
        Table table = new(columns);
        return schema is null ? table : table.SelectColumns(schema.Columns.Select(column => column.Name));
    }
}
