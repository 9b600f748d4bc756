using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>
/// Reads the rows of a prediction request one after the other, straight from its bytes into cells: however many rows
/// there are, one row of cells is held, and no text is made but the texts in it.
/// </summary>
/// <remarks>Takes <c>{"instances":[{…}, …]}</c> or <c>{"instance":{…}}</c>, with options beside. For one request, on one thread.</remarks>
internal ref struct InstanceReader : IRowReader
{
    /// <summary>Objects and lists in one another: a value that is one of them is refused by name, unless it nests deeper.</summary>
    public const int MaxDepth = 8;

    private static readonly JsonReaderOptions Depth = new() { MaxDepth = MaxDepth };

    private readonly ReadOnlySpan<byte> body;
    private readonly ServedTable model;
    private readonly PredictFields fields;
    private readonly int maxRows;
    private readonly Span<Cell> row;
    private readonly Span<int> lastRow;
    private readonly bool optionsAreRead;
    private Utf8JsonReader reader;
    private string? field;

    /// <param name="body">The whole body.</param>
    /// <param name="model">Whose columns are read.</param>
    /// <param name="fields">What the body's fields are called.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <param name="row">Receives each row: one cell per column.</param>
    /// <param name="lastRow">One number per column, overwritten.</param>
    /// <exception cref="ProblemException"><c>json_empty</c>, <c>json_not_unicode</c>; and as of <see cref="PredictOptionsReader.Read"/>.</exception>
    public InstanceReader(ReadOnlySpan<byte> body, ServedTable model, PredictFields fields, int maxRows, Span<Cell> row, Span<int> lastRow)
    {
        JsonBytes.Require(body);

        this.body = body;
        (this.model, this.fields, this.maxRows) = (model, fields, maxRows);
        this.row = row;
        this.lastRow = lastRow;
        lastRow.Clear();
        optionsAreRead = PredictOptionsReader.MayHaveOptions(body, fields);
        Options = optionsAreRead ? PredictOptionsReader.Read(body, fields) : PredictOptions.Default;
        Ignored = Options.IgnoresUnknown ? new IgnoredColumns() : null;
        reader = new Utf8JsonReader(body, Depth);
    }

    /// <inheritdoc/>
    public PredictOptions Options { get; }

    /// <inheritdoc/>
    public IgnoredColumns? Ignored { get; }

    /// <inheritdoc/>
    public int RowNumber { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ProblemException">
    /// <c>json_malformed</c>, <c>json_not_unicode</c>, <c>field_unknown</c>, <c>field_duplicate</c>, <c>field_type</c>,
    /// <c>instances_missing</c>, <c>instances_too_many</c>, <c>instance_empty</c>, <c>column_unknown</c>, <c>column_is_target</c>,
    /// <c>column_duplicate</c>, <c>value_unusable</c>.
    /// </exception>
    public bool TryRead(out Problem? refused)
    {
        refused = null;
        try
        {
            return field is null ? TryReadFirst(ref refused) : field == fields.Rows && TryReadNext(ref refused);
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private bool TryReadFirst(ref Problem? refused)
    {
        reader.Read();
        Expect(JsonTokenType.StartObject, string.Empty, "an object");
        field = NextRows() ?? throw ServingProblems.NoInstances(fields);
        if (field == fields.Rows)
        {
            Expect(JsonTokenType.StartArray, field, "a list of objects");
            return TryReadNext(ref refused);
        }

        ReadRow(ref refused);
        ReadEnd();
        return true;
    }

    private bool TryReadNext(ref Problem? refused)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray)
        {
            ReadRow(ref refused);
            return true;
        }

        ReadEnd();
        return RowNumber > 0 ? false : throw ServingProblems.NoInstances(fields);
    }

    /// <summary>Goes past options to a field with rows, and to its value; null at the end of the fields.</summary>
    private string? NextRows()
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonText.Of(in reader);
            if (fields.IsRows(name))
            {
                reader.Read();
                return name;
            }

            if (!optionsAreRead)
            {
                // Rows at both ends of the body hid a field between or behind them. Whatever it is, it is wrong: an option that
                // is a list, a field that is none, or rows that are there twice.
                PredictOptionsReader.Read(body, fields);
            }

            reader.Skip();
        }

        return null;
    }

    private void ReadEnd()
    {
        if (NextRows() is { } again)
        {
            throw JsonProblems.Duplicate(again);
        }

        // Reads on to the end of the body, where anything but white space is malformed.
        reader.Read();
    }

    private void ReadRow(ref Problem? refused)
    {
        if (RowNumber == maxRows)
        {
            throw ServingProblems.TooManyRows(maxRows);
        }

        RowNumber++;
        if (!Options.AnswersPerRow)
        {
            ReadCells();
            return;
        }

        int depth = reader.CurrentDepth;
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        try
        {
            ReadCells();
        }
        catch (ProblemException exception) when (exception.Problem.Row is not null)
        {
            refused = exception.Problem;
            SkipRest(depth, isObject);
        }
    }

    private void SkipRest(int depth, bool isObject)
    {
        if (!isObject)
        {
            reader.Skip();
            return;
        }

        while (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth != depth)
        {
            reader.Read();
        }
    }

    private void ReadCells()
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw ServingProblems.NoRow(field!, RowNumber, reader.TokenType);
        }

        row.Clear();
        int expected = 0;
        int named = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = FindColumn(expected);
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

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
            throw ServingProblems.EmptyInstance(RowNumber, model.Columns, field!);
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

        string name = JsonText.Of(in reader);
        if (model.TryGetColumn(name, out int column))
        {
            return column;
        }

        if (Ignored is not null)
        {
            Ignored.Add(name);
            return -1;
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
                return Cell.FromText(JsonText.Of(in reader));
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

    private readonly void Expect(JsonTokenType token, string name, string expected)
    {
        if (reader.TokenType != token)
        {
            throw JsonProblems.WrongType(name, expected, JsonProblems.Describe(reader.TokenType));
        }
    }
}
