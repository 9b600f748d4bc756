using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Ranges;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Scoring;

/// <summary>Predicts the rows of a stretch of JSON lines. Immutable and thread safe.</summary>
/// <remarks>
/// As <see cref="CsvScorer"/>; a number may come as a text, and a member that is null or absent is missing. Faults of rows:
/// <c>ndjson_not_utf8</c>, <c>ndjson_malformed</c>, <c>ndjson_not_object</c>, <c>ndjson_nested</c>,
/// <c>ndjson_duplicate_member</c>, <c>not_a_number</c>, <c>not_a_boolean</c>, <c>not_a_date</c>, <c>prediction_not_finite</c>.
/// </remarks>
public sealed class NdjsonScorer
{
    // An object of values; what nests deeper is told of, not read.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 64 };

    private readonly TabularModel model;
    private readonly byte[]? idColumn;
    private readonly ReadColumn[] read;
    private readonly byte[][] names;

    /// <summary>Prepares to read rows.</summary>
    /// <param name="model">Predicts.</param>
    /// <param name="idColumn">The member that names rows; null for none.</param>
    public NdjsonScorer(TabularModel model, string? idColumn)
    {
        this.model = model;
        this.idColumn = idColumn is null ? null : Encoding.UTF8.GetBytes(idColumn);
        read = [.. ReadColumn.Of(model)];
        names = [.. read.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    }

    /// <summary>Predicts whole lines.</summary>
    /// <param name="lines">Lines; blank ones are no rows.</param>
    /// <param name="rows">Takes what comes of them.</param>
    /// <param name="cancellationToken">Observed every few hundred rows.</param>
    /// <returns>How many there were.</returns>
    public int Score(ReadOnlySpan<byte> lines, IScoredRows rows, CancellationToken cancellationToken)
    {
        bool isUtf8 = Utf8.IsValid(lines);
        TextPool texts = new();
        int[] seen = new int[read.Length + 1];
        using BlockScorer scorer = new(model, rows, cancellationToken);
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            if (!NdjsonOutline.IsBlank(line))
            {
                scorer.Begin();
                Score(line, isUtf8 || Utf8.IsValid(line), scorer, texts, seen);
            }
        }

        scorer.Flush();
        return scorer.RowCount;
    }

    private void Score(ReadOnlySpan<byte> line, bool isUtf8, BlockScorer scorer, TextPool texts, int[] seen)
    {
        RowFault? fault;
        try
        {
            fault = isUtf8 ? Read(line, scorer, texts, seen) : new RowFault("ndjson_not_utf8", "The line is not UTF-8.");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The latter is half a surrogate pair in an escape.
            fault = new RowFault("ndjson_malformed", "The line is not one JSON object.");
        }

        if (fault is null)
        {
            scorer.End();
        }
        else
        {
            scorer.End(fault);
        }
    }

    private RowFault? Read(ReadOnlySpan<byte> line, BlockScorer scorer, TextPool texts, int[] seen)
    {
        Utf8JsonReader reader = new(line, ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new RowFault("ndjson_not_object", "The line must be one JSON object.");
        }

        int row = scorer.RowCount + 1;
        int expected = 0;
        RowFault? fault = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = Find(ref reader, expected);
            bool isId = idColumn is not null && reader.ValueTextEquals(idColumn);
            reader.Read();
            if (isId && Mark(seen, read.Length, row) && reader.TokenType is not (JsonTokenType.Null or JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                scorer.Identify(reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
            }

            if (column >= 0)
            {
                fault ??= Mark(seen, column, row)
                    ? Take(ref reader, column, scorer.Cells, texts)
                    : new RowFault("ndjson_duplicate_member", "The object has a member twice.", read[column].Name);
                expected = column + 1;
            }

            reader.Skip();
        }

        // What follows the object on its line makes the reader throw.
        reader.Read();
        return fault;
    }

    private static bool Mark(int[] seen, int column, int row)
    {
        bool isFirst = seen[column] != row;
        seen[column] = row;
        return isFirst;
    }

    // Members mostly come in the model's order, row after row; then one comparison of bytes finds each.
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        for (int index = 0; index < names.Length; index++)
        {
            int column = (expected + index) % names.Length;
            if (reader.ValueTextEquals(names[column]))
            {
                return column;
            }
        }

        return -1;
    }

    private RowFault? Take(ref Utf8JsonReader reader, int column, Cell[] cells, TextPool texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                cells[read[column].Input] = Cell.FromText(reader.ValueIsEscaped ? reader.GetString() : texts.Of(reader.ValueSpan));
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                cells[read[column].Input] = Cell.FromBoolean(reader.GetBoolean());
                return null;
            case JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number):
                cells[read[column].Input] = Cell.FromNumber(number);
                return null;
            case JsonTokenType.Number:
                return new RowFault("not_a_number", $"The number in column '{read[column].Name}' is out of the range of 64-bit floating point.", read[column].Name);
            default:
                return new RowFault("ndjson_nested", $"The value of column '{read[column].Name}' must be a number, a text, true, false or null.", read[column].Name);
        }
    }
}
