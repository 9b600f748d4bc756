using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Turns the rows of a request into JSON lines; their values are looked at when they are predicted.</summary>
internal static class InstanceLines
{
    private const string Field = "instances";

    /// <summary>Writes a line for each row.</summary>
    /// <param name="instances">The list of rows.</param>
    /// <param name="model">What predicts them.</param>
    /// <param name="idColumn">A column that the model need not know; null for none.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <param name="lines">Receives them.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ProblemException">
    /// <c>field_type</c>, <c>batch_rows_missing</c>, <c>instance_empty</c>, <c>column_unknown</c>, <c>column_is_target</c>,
    /// <c>batch_rows_too_many</c>, <c>batch_id_column_missing</c>.
    /// </exception>
    public static int Write(JsonElement instances, TabularModel model, string? idColumn, int maxRows, IBufferWriter<byte> lines)
    {
        if (instances.ValueKind != JsonValueKind.Array)
        {
            throw JsonProblems.WrongType(Field, "a list of objects", Describe(instances.ValueKind));
        }

        string[] columns = [.. model.Inputs.Columns.Select(column => column.Name)];
        bool isNamed = idColumn is null;
        int rows = 0;
        foreach (JsonElement row in instances.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object)
            {
                throw JsonProblems.WrongType($"{Field}[{rows}]", "a row, which is an object of column names and values", Describe(row.ValueKind));
            }

            if (++rows > maxRows)
            {
                throw BatchProblems.TooManyRows(maxRows, Field);
            }

            isNamed |= CheckColumns(row, rows, model, columns, idColumn);
            Append(JsonMarshal.GetRawUtf8Value(row), lines);
        }

        return rows == 0 ? throw BatchProblems.NoRows(Field) : isNamed ? rows : throw BatchProblems.IdColumnMissing(idColumn!, columns);
    }

    // Answers whether the row has the column that names it.
    private static bool CheckColumns(JsonElement row, int number, TabularModel model, string[] columns, string? idColumn)
    {
        int expected = 0;
        bool isNamed = false;
        bool isEmpty = true;
        foreach (JsonProperty member in row.EnumerateObject())
        {
            isEmpty = false;
            if (idColumn is not null && member.NameEquals(idColumn))
            {
                isNamed = true;
            }
            else if (expected < columns.Length && member.NameEquals(columns[expected]))
            {
                // Clients send columns in the model's order, row after row.
                expected++;
            }
            else
            {
                expected = Find(member.Name, number, model, columns) + 1;
            }
        }

        return isEmpty ? throw ServingProblems.EmptyInstance(number, columns, Field) : isNamed;
    }

    private static int Find(string name, int number, TabularModel model, string[] columns) =>
        model.Inputs.TryGetIndex(name, out int index) ? index
        : name == model.Target.Column ? throw ServingProblems.TargetColumn(name, number)
        : throw ServingProblems.UnknownColumn(name, number, columns);

    // A text of JSON holds no line end as it is, so those that there are stand between values and may as well be spaces.
    private static void Append(ReadOnlySpan<byte> row, IBufferWriter<byte> lines)
    {
        Span<byte> line = lines.GetSpan(row.Length + 1)[..(row.Length + 1)];
        row.CopyTo(line);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        line[row.Length] = (byte)'\n';
        lines.Advance(line.Length);
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
