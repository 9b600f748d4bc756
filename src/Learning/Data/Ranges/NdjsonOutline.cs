using System.Text.Json;

namespace Trainyard.Learning.Data.Ranges;

/// <summary>Finds where the rows of a file of JSON lines lie, in one pass and a few mebibytes of memory. Rows are not looked at.</summary>
public static class NdjsonOutline
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    /// <param name="stream">UTF-8 from its current position on.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="rangeBytes">Bytes of a range at most, unless a single line is longer.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <exception cref="LearningException"><c>ndjson_empty</c>, <c>ndjson_line_too_long</c>, <c>ndjson_too_large</c>, <c>ndjson_too_many_rows</c>, <c>read_limits_invalid</c>.</exception>
    public static async Task<RowOutline> ReadAsync(Stream stream, ReadLimits limits, int rangeBytes, CancellationToken cancellationToken)
    {
        limits.Validate();
        ByteWindow window = new(limits, "ndjson");
        RangeList ranges = new(rangeBytes);
        string[]? columns = null;
        long offset = 0;
        bool begun = false;
        while (!window.Ended)
        {
            await window.FillAsync(stream, cancellationToken).ConfigureAwait(false);
            offset += begun ? 0 : window.SkipMark();
            begun = true;
            for (int from = window.Start; window.TryLine(out ReadOnlySpan<byte> line); from = window.Start)
            {
                bool isRow = !IsBlank(line);
                columns ??= isRow ? Members(line) : null;
                ranges.Add(offset, window.Start - from, isRow ? 1 : 0);
                offset += window.Start - from;
                if (ranges.Rows > limits.MaxRows)
                {
                    throw ByteWindow.Error("ndjson_too_many_rows", $"there are more than {limits.MaxRows} rows.", window.Line);
                }

                window.Line++;
            }
        }

        return ranges.Rows > 0
            ? new RowOutline(columns ?? [], ',', ranges.Rows, ranges.ToList())
            : throw new LearningException("ndjson_empty", "The file has no JSON object with members; it must have one a line.");
    }

    /// <summary>Reads no further than the first row, for the names of its members; none when it is no object.</summary>
    /// <param name="stream">UTF-8 from its current position on; stays open.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <exception cref="LearningException">As <see cref="ReadAsync"/>.</exception>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(Stream stream, ReadLimits limits, CancellationToken cancellationToken)
    {
        ByteWindow window = new(limits, "ndjson");
        bool begun = false;
        while (!window.Ended)
        {
            await window.FillAsync(stream, cancellationToken).ConfigureAwait(false);
            _ = begun ? 0 : window.SkipMark();
            begun = true;
            while (window.TryLine(out ReadOnlySpan<byte> line))
            {
                if (!IsBlank(line))
                {
                    return Members(line);
                }
            }
        }

        throw new LearningException("ndjson_empty", "The file has no JSON object with members; it must have one a line.");
    }

    internal static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    // A first row that cannot be read is a row all the same; whoever reads it for its values will say what is wrong with it.
    private static string[] Members(ReadOnlySpan<byte> line)
    {
        List<string> members = [];
        Utf8JsonReader reader = new(line);
        try
        {
            reader.Read();
            while (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                do
                {
                    members.Add(reader.GetString()!);
                    reader.Read();
                    reader.Skip();
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return [];
        }

        return [.. members];
    }
}
