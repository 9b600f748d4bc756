namespace Trainyard.Learning.Data;

/// <summary>Reads flat JSON objects, one a line, from a stream of UTF-8 (newline-delimited JSON, JSON Lines).</summary>
/// <remarks>
/// Columns stand in the order in which members first appear; a member that a line lacks, and <c>null</c>, are missing.
/// Values are numbers, strings, <c>true</c> and <c>false</c>; a string reads like a CSV field, so that "7" and 7 are the same.
/// Gzip is recognised and limits count what comes out of it. Types are found as <see cref="CsvSource"/> finds them. Errors are <see cref="LearningException"/>s with the 1-based line:
/// <c>ndjson_empty</c>, <c>ndjson_malformed</c>, <c>ndjson_not_object</c>, <c>ndjson_nested</c>,
/// <c>ndjson_duplicate_member</c>, <c>ndjson_too_many_columns</c>, <c>ndjson_too_many_rows</c>, <c>ndjson_too_many_cells</c>, <c>ndjson_not_utf8</c>, <c>ndjson_line_too_long</c>,
/// <c>ndjson_field_too_long</c>, <c>ndjson_too_large</c>, <c>ndjson_column_name_invalid</c>, <c>read_limits_invalid</c>, <c>gzip_invalid</c>; and
/// with a given schema those of <see cref="CsvSource"/>.
/// </remarks>
public static class NdjsonSource
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    /// <param name="stream">UTF-8 from its current position on, or gzip of it.</param>
    /// <param name="options">Null for <see cref="NdjsonOptions.Default"/>.</param>
    /// <exception cref="LearningException">The file cannot be used; see the remarks.</exception>
    public static Table Read(Stream stream, NdjsonOptions? options = null)
    {
        using Stream text = GzipText.DecompressIfGzip(stream);
        NdjsonReading reading = new(options ?? NdjsonOptions.Default);
        while (!reading.Window.Ended)
        {
            reading.Window.Fill(text);
            reading.Consume();
        }

        return reading.Build(CancellationToken.None);
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="stream">UTF-8 from its current position on, or gzip of it.</param>
    /// <param name="options">Null for <see cref="NdjsonOptions.Default"/>.</param>
    /// <param name="cancellationToken">Observed at every read and before every column.</param>
    public static async Task<Table> ReadAsync(Stream stream, NdjsonOptions? options, CancellationToken cancellationToken)
    {
        await using Stream text = GzipText.DecompressIfGzip(stream);
        NdjsonReading reading = new(options ?? NdjsonOptions.Default);
        while (!reading.Window.Ended)
        {
            await reading.Window.FillAsync(text, cancellationToken).ConfigureAwait(false);
            reading.Consume();
        }

        return reading.Build(cancellationToken);
    }
}
