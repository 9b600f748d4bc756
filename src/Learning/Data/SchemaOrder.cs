namespace Trainyard.Learning.Data;

/// <summary>Fits the columns of a file to a schema that was given.</summary>
internal static class SchemaOrder
{
    /// <summary>What each column of the file must be; null where that is to be inferred.</summary>
    /// <exception cref="LearningException">The file lacks a column (<c>column_missing</c>) or has one too many (<c>column_unknown</c>).</exception>
    public static ColumnSchema?[] Match(IReadOnlyList<string> names, TableSchema? schema)
    {
        if (schema?.Columns.FirstOrDefault(column => !names.Contains(column.Name)) is { } absent)
        {
            throw new LearningException("column_missing", $"The file has no column '{absent.Name}'.", absent.Name);
        }

        return [.. names.Select(name => Match(name, schema))];
    }

    /// <summary>What a column of the file must be; null when there is no schema.</summary>
    /// <exception cref="LearningException">The schema does not have it (<c>column_unknown</c>).</exception>
    public static ColumnSchema? Match(string name, TableSchema? schema)
    {
        if (schema is null)
        {
            return null;
        }

        return schema.TryGet(name, out ColumnSchema? column)
            ? column
            : throw new LearningException("column_unknown", $"The column '{name}' is not expected; expected are {ColumnList.Of(schema)}.", name);
    }

    /// <summary>The column of these values; without a schema, categories that read like free text become it.</summary>
    public static Column Build(string name, ColumnBuilder values, TableSchema? schema) =>
        schema is null ? TypeInference.Build(name, values) : values.Build(name);

    /// <summary>The table, its columns in the order of the schema if there is one.</summary>
    public static Table Apply(Column[] columns, TableSchema? schema, RowLines? lines)
    {
        Table table = new(columns, lines);
        return schema is null ? table : table.SelectColumns(schema.Columns.Select(column => column.Name));
    }
}
