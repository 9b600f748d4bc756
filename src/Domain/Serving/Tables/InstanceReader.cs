using System.Text.Json;
using System.Text.Unicode;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>
/// Reads the rows of a prediction request one after the other, straight from its bytes into cells: however many rows
/// there are, one row of cells is held, and no text is made but the texts in it.
/// </summary>
/// <remarks>Takes <c>{"instances":[{…}, …]}</c> or <c>{"instance":{…}}</c>. For one request, on one thread.</remarks>
internal ref struct InstanceReader
{
    private const int MaxDepth = 8;
    private const string Instances = "instances";
    private const string Instance = "instance";

    private readonly ServedTable model;
    private readonly int maxRows;
    private readonly Span<Cell> row;
    private readonly int[] lastRow;
    private Utf8JsonReader reader;
    private string? field;

    /// <param name="body">The whole body.</param>
    /// <param name="model">Whose columns are read.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <param name="row">Receives each row: one cell per column.</param>
    /// <exception cref="ProblemException"><c>json_empty</c>, <c>json_not_unicode</c>.</exception>
    public InstanceReader(ReadOnlySpan<byte> body, ServedTable model, int maxRows, Span<Cell> row)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw JsonProblems.Empty();
        }

        if (!Utf8.IsValid(body))
        {
            throw JsonProblems.NotUnicode(null);
        }

        (this.model, this.maxRows) = (model, maxRows);
        this.row = row;
        lastRow = new int[model.Columns.Count];
        reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Rows read so far; the 1-based number of the row just read.</summary>
    public int RowNumber { get; private set; }

    /// <summary>Reads the next row; false at the end of a complete body.</summary>
    /// <exception cref="ProblemException">
    /// <c>json_malformed</c>, <c>json_not_unicode</c>, <c>field_unknown</c>, <c>field_duplicate</c>, <c>field_type</c>,
    /// <c>instances_missing</c>, <c>instances_too_many</c>, <c>instance_empty</c>, <c>column_unknown</c>, <c>column_is_target</c>,
    /// <c>column_duplicate</c>, <c>value_unusable</c>.
    /// </exception>
    public bool TryRead()
    {
        try
        {
            return field is null ? TryReadFirst() : field == Instances && TryReadNext();
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private bool TryReadFirst()
    {
        reader.Read();
        Expect(JsonTokenType.StartObject, string.Empty, "an object");
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            throw ServingProblems.NoInstances();
        }

        field = ReadField();
        reader.Read();
        if (field == Instances)
        {
            Expect(JsonTokenType.StartArray, field, "a list of objects");
            return TryReadNext();
        }

        ReadRow(field);
        ReadEnd();
        return true;
    }

    private bool TryReadNext()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray)
        {
            ReadRow(Instances);
            return true;
        }

        ReadEnd();
        return RowNumber > 0 ? false : throw ServingProblems.NoInstances();
    }

    private string ReadField()
    {
        string name = Text();
        return name is Instances or Instance ? name : throw JsonProblems.Unknown(name, name, [Instances, Instance]);
    }

    private void ReadEnd()
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            throw JsonProblems.Duplicate(ReadField());
        }

        // Reads on to the end of the body, where anything but white space is malformed.
        reader.Read();
    }

    private void ReadRow(string list)
    {
        if (RowNumber == maxRows)
        {
            throw ServingProblems.TooManyRows(maxRows);
        }

        Expect(JsonTokenType.StartObject, list, "a row, which is an object of column names and values");
        row.Clear();
        RowNumber++;
        int expected = 0;
        int named = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = FindColumn(expected);
            if (lastRow[column] == RowNumber)
            {
                throw ServingProblems.DuplicateColumn(model.Columns[column], RowNumber);
            }

            lastRow[column] = RowNumber;
            reader.Read();
            row[column] = ReadCell(column);
            expected = column + 1;
            named++;
        }

        if (named == 0)
        {
            throw ServingProblems.EmptyInstance(RowNumber, model.Columns);
        }
    }

    // Clients send columns in the model's order, row after row; then a comparison of bytes finds each at once. An escaped
    // name takes the long way, where half a surrogate pair is refused instead of thrown upon.
    private readonly int FindColumn(int expected)
    {
        byte[][] columns = model.ColumnsUtf8;
        if (expected < columns.Length && !reader.ValueIsEscaped && reader.ValueTextEquals(columns[expected]))
        {
            return expected;
        }

        string name = Text();
        if (model.TryGetColumn(name, out int column))
        {
            return column;
        }

        throw name == model.Target
            ? ServingProblems.TargetColumn(name, RowNumber)
            : ServingProblems.UnknownColumn(name, RowNumber, [.. model.Columns]);
    }

    private readonly Cell ReadCell(int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Cell.Missing;
            case JsonTokenType.String:
                return Cell.FromText(Text());
            case JsonTokenType.True or JsonTokenType.False:
                return Cell.FromBoolean(reader.GetBoolean());
            case JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number):
                return Cell.FromNumber(number);
            case JsonTokenType.Number:
                throw ServingProblems.ValueUnusable(model.Columns[column], RowNumber, "the number is out of the range of 64-bit floating point.");
            default:
                throw ServingProblems.ValueUnusable(model.Columns[column], RowNumber, "a value must be a number, a text, true, false or null.");
        }
    }

    // Half a surrogate pair in an escape shows only when the text is made.
    private readonly string Text()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw JsonProblems.NotUnicode(null, exception);
        }
    }

    private readonly void Expect(JsonTokenType token, string name, string expected)
    {
        if (reader.TokenType != token)
        {
            throw JsonProblems.WrongType(name, expected, JsonProblems.Describe(reader.TokenType));
        }
    }
}
