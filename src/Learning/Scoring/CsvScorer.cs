using Trainyard.Learning.Data;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Scoring;

/// <summary>Predicts the rows of a stretch of CSV. Immutable and thread safe.</summary>
/// <remarks>
/// Columns are found by name; one that the model does not read is not looked at, one that it reads and the file lacks is
/// missing in every row. Values are read as a CSV file's are in training, and predictions are to the bit those of
/// <see cref="TabularModel.Predict(ReadOnlySpan{Cell}, Span{double}, Span{double})"/>.
/// Faults of rows: <c>csv_ragged_row</c>, <c>not_a_number</c>, <c>not_a_boolean</c>, <c>not_a_date</c>, <c>prediction_not_finite</c>.
/// </remarks>
public sealed class CsvScorer
{
    /// <summary>Bytes that a buffer must have behind the rows; what is in them does not matter.</summary>
    public const int Slack = CsvScanner.Slack;

    private readonly TabularModel model;
    private readonly byte delimiter;
    private readonly int columnCount;
    private readonly int idField;
    private readonly ReadLimits limits;
    private readonly (int Field, int Input, bool IsNumber)[] read;

    /// <summary>Prepares to read rows of these columns.</summary>
    /// <param name="model">Predicts.</param>
    /// <param name="columns">All columns of the file, in order.</param>
    /// <param name="delimiter">Of fields.</param>
    /// <param name="idColumn">The column that names rows; null for none.</param>
    /// <param name="limits">Bounds.</param>
    public CsvScorer(TabularModel model, IReadOnlyList<string> columns, char delimiter, string? idColumn, ReadLimits limits)
    {
        (this.model, this.delimiter, this.limits, columnCount) = (model, (byte)delimiter, limits, columns.Count);
        Dictionary<string, int> fields = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        idField = idColumn is not null && fields.TryGetValue(idColumn, out int field) ? field : -1;
        read = [.. ReadColumn.Of(model).Where(column => fields.ContainsKey(column.Name)).Select(column => (fields[column.Name], column.Input, column.IsNumber))];
    }

    /// <summary>Predicts whole rows, without the line of column names.</summary>
    /// <param name="buffer">Holds them from its beginning on, and <see cref="Slack"/> bytes behind.</param>
    /// <param name="length">Bytes of the rows.</param>
    /// <param name="rows">Takes what comes of them.</param>
    /// <param name="cancellationToken">Observed every few hundred rows.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="LearningException">The bytes are no CSV; codes as of <see cref="CsvSource"/>.</exception>
    public int Score(byte[] buffer, int length, IScoredRows rows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length - Slack);
        CsvScanner record = new(new CsvChunk(buffer, 0, length), limits, delimiter, line: 1);
        TextPool texts = new();
        using BlockScorer scorer = new(model, rows, cancellationToken);
        while (record.TryNext())
        {
            if (!record.IsBlank)
            {
                Score(record, scorer, texts);
            }
        }

        scorer.Flush();
        return scorer.RowCount;
    }

    private void Score(CsvScanner record, BlockScorer scorer, TextPool texts)
    {
        scorer.Begin();
        if (record.FieldCount != columnCount)
        {
            scorer.End(new RowFault("csv_ragged_row", $"The row has {record.FieldCount} fields instead of {columnCount}."));
            return;
        }

        if (idField >= 0)
        {
            scorer.Identify(record.Field(idField));
        }

        Cell[] cells = scorer.Cells;
        foreach ((int field, int input, bool isNumber) in read)
        {
            ReadOnlySpan<byte> text = record.Field(field);
            if (!MissingMarkers.Default.Match(text))
            {
                cells[input] = isNumber && ValueText.TryNumber(text, out double number) ? Cell.FromNumber(number) : Cell.FromText(texts.Of(text));
            }
        }

        scorer.End();
    }
}
