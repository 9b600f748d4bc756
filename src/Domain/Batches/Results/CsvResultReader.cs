using System.Globalization;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Batches.Storage;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Reads back what <see cref="CsvResultWriter"/> wrote.</summary>
internal static class CsvResultReader
{
    private const string ProbabilityPrefix = "probability_";

    /// <summary>The fields of a record.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static List<string> Fields(ReadOnlySpan<byte> record)
    {
        string text = Encoding.UTF8.GetString(record);
        List<string> fields = [];
        int at = 0;
        do
        {
            if (at < text.Length && text[at] == '"')
            {
                int close = at + 1;
                while ((close = text.IndexOf('"', close)) >= 0 && close + 1 < text.Length && text[close + 1] == '"')
                {
                    close += 2;
                }

                if (close < 0)
                {
                    throw new InvalidDataException("A quote in the results has no end.");
                }

                fields.Add(text[(at + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = close + 1;
            }
            else
            {
                int next = text.IndexOf(',', at);
                fields.Add(text[at..(next < 0 ? text.Length : next)]);
                at = next < 0 ? text.Length : next;
            }
        }
        while (at++ < text.Length);

        return fields;
    }

    /// <summary>A row of results.</summary>
    /// <param name="columns">The fields of the heading.</param>
    /// <param name="fields">The fields of the row.</param>
    /// <param name="isNumber">Whether a prediction is a number.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ResultRow Row(List<string> columns, List<string> fields, bool isNumber)
    {
        if (fields.Count != columns.Count)
        {
            throw new InvalidDataException($"A row of the results has {fields.Count} fields instead of {columns.Count}.");
        }

        int prediction = columns.IndexOf("prediction");
        string? id = prediction == 2 && fields[1].Length > 0 ? fields[1] : null;
        int code = columns.Count - 3;
        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long row))
        {
            throw new InvalidDataException("A row of the results has no number.");
        }

        if (fields[code].Length > 0)
        {
            return new ResultRow(row, id, Error: new ResultError(fields[code], fields[code + 2], fields[code + 1].Length == 0 ? null : fields[code + 1]));
        }

        Dictionary<string, double>? values = code - prediction > 1 ? new(StringComparer.Ordinal) : null;
        for (int field = prediction + 1; field < code; field++)
        {
            values![columns[field][ProbabilityPrefix.Length..]] = Number(fields[field]);
        }

        JsonElement predicted = isNumber
            ? JsonSerializer.SerializeToElement(Number(fields[prediction]), BatchJson.Default.Double)
            : JsonSerializer.SerializeToElement(fields[prediction], BatchJson.Default.String);
        return new ResultRow(row, id, predicted, values);
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw new InvalidDataException("A number of the results is none.");
}
