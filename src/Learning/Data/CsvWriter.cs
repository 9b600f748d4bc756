using System.Buffers;

namespace Trainyard.Learning.Data;

/// <summary>Writes a table as CSV (RFC 4180, comma, LF) that <see cref="CsvSource"/> reads back as it was.</summary>
/// <remarks>Missing values are empty fields. Texts that are missing markers, such as <c>NA</c>, read back as missing.</remarks>
public static class CsvWriter
{
    private static readonly SearchValues<char> MustBeQuoted = SearchValues.Create(",\"\r\n;\t|");

    /// <summary>Writes a line of column names, then the rows.</summary>
    public static void Write(Table table, TextWriter writer)
    {
        WriteRecord(writer, [.. table.Columns.Select(column => column.Name)]);
        string?[] fields = new string?[table.Columns.Count];
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int index = 0; index < fields.Length; index++)
            {
                fields[index] = table.Columns[index].TextAt(row);
            }

            WriteRecord(writer, fields);
        }
    }

    private static void WriteRecord(TextWriter writer, string?[] fields)
    {
        for (int index = 0; index < fields.Length; index++)
        {
            if (index > 0)
            {
                writer.Write(',');
            }

            WriteField(writer, fields[index] ?? "", alone: fields.Length == 1);
        }

        writer.Write('\n');
    }

    private static void WriteField(TextWriter writer, string field, bool alone)
    {
        // An empty line would be skipped, so that an empty field that stands alone needs its quotes.
        bool quoted = field.AsSpan().ContainsAny(MustBeQuoted) || (alone && field.Length == 0);
        writer.Write(quoted ? $"\"{field.Replace("\"", "\"\"")}\"" : field);
    }
}
