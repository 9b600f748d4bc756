using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Trainyard.Learning.Data;

/// <summary>The columns of a table, in order. An immutable value: equal when the columns are.</summary>
public sealed class TableSchema : IEquatable<TableSchema>
{
    private readonly Dictionary<string, int> indices;

    /// <summary>Takes a copy of <paramref name="columns"/>.</summary>
    /// <exception cref="LearningException">A name is empty or used twice, or a type is unknown (<c>schema_invalid</c>).</exception>
    [JsonConstructor]
    public TableSchema(IReadOnlyList<ColumnSchema> columns)
    {
        Columns = columns is null ? throw Invalid("it has no columns", null) : [.. columns];
        indices = new(Columns.Count, StringComparer.Ordinal);
        for (int index = 0; index < Columns.Count; index++)
        {
            ColumnSchema column = Columns[index] ?? throw Invalid($"column {index + 1} is null", null);
            if (string.IsNullOrWhiteSpace(column.Name))
            {
                throw Invalid($"column {index + 1} has no name", null);
            }

            if (!Enum.IsDefined(column.Type))
            {
                throw Invalid($"column '{column.Name}' has an unknown type", column.Name);
            }

            if (!indices.TryAdd(column.Name, index))
            {
                throw Invalid($"column '{column.Name}' is there twice", column.Name);
            }
        }
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It is not a schema (<c>schema_invalid</c>).</exception>
    public static TableSchema FromJson(JsonNode? json) => DataJson.Read(json, DataJson.Default.TableSchema, "schema_invalid", "schema");

    /// <summary>The schema as <c>{"columns":[{"name","type","nullable"}, …]}</c>.</summary>
    public JsonObject ToJson() => DataJson.Write(this, DataJson.Default.TableSchema);

    /// <summary>The position of a column; names are compared exactly.</summary>
    public bool TryGetIndex(string name, out int index) => indices.TryGetValue(name, out index);

    /// <summary>The column of that name; names are compared exactly.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ColumnSchema? column)
    {
        column = TryGetIndex(name, out int index) ? Columns[index] : null;
        return column is not null;
    }

    /// <summary>The schema without one column; unchanged when it is not there.</summary>
    public TableSchema Without(string name) => new([.. Columns.Where(column => column.Name != name)]);

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) => other is not null && Columns.SequenceEqual(other.Columns);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => Columns.Aggregate(0, HashCode.Combine);

    private static LearningException Invalid(string what, string? field) =>
        new("schema_invalid", $"The schema cannot be used: {what}.", field);
}
