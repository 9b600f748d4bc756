namespace Trainyard.Learning.Data;

/// <summary>Reads CSV (RFC 4180 and its common relatives) from a stream of UTF-8.</summary>
/// <remarks>
/// Quoted fields may hold delimiters, line ends and doubled quotes; lines end in CR, LF or CRLF; a byte order mark and empty
/// lines are skipped. Gzip is recognised and limits count what comes out of it. Delimiter, header and types are detected unless the options give them: see <see cref="CsvHeader"/> and
/// <see cref="ColumnType"/>; types follow from all rows. Text is kept to the letter; numbers, dates and truth values may
/// have spaces around them. Several threads read at once, which changes nothing but the time.
/// Memory: the file's bytes while types are inferred, plus 8 bytes a number.
/// Errors are <see cref="LearningException"/>s with the 1-based line: <c>csv_empty</c>, <c>csv_header_only</c>,
/// <c>csv_ragged_row</c>, <c>csv_too_many_columns</c>, <c>csv_too_many_rows</c>, <c>csv_too_many_cells</c>, <c>csv_line_too_long</c>,
/// <c>csv_field_too_long</c>, <c>csv_too_large</c>, <c>csv_unterminated_quote</c>, <c>csv_bad_quote</c>,
/// <c>csv_duplicate_column</c>, <c>csv_column_name_invalid</c>, <c>csv_not_utf8</c>, <c>csv_delimiter_invalid</c>,
/// <c>read_limits_invalid</c>, <c>gzip_invalid</c>; and with a given schema <c>column_missing</c>, <c>column_unknown</c>, <c>value_missing</c>,
/// <c>not_a_number</c>, <c>not_a_boolean</c>, <c>not_a_date</c>.
/// </remarks>
public static class CsvSource
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    /// <param name="stream">UTF-8 from its current position on, or gzip of it.</param>
    /// <param name="options">Null for <see cref="CsvOptions.Default"/>.</param>
    /// <exception cref="LearningException">The file cannot be used; see the remarks.</exception>
    public static Table Read(Stream stream, CsvOptions? options = null)
    {
        using Stream text = GzipText.DecompressIfGzip(stream);
        CsvReading<CsvColumns> reading = CsvTable.Reading(options);
        reading.ReadToEnd(text, CancellationToken.None);
        return CsvTable.Build(reading, CancellationToken.None);
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="stream">UTF-8 from its current position on, or gzip of it.</param>
    /// <param name="options">Null for <see cref="CsvOptions.Default"/>.</param>
    /// <param name="cancellationToken">Observed at every read, of a mebibyte at most, and before every column.</param>
    public static async Task<Table> ReadAsync(Stream stream, CsvOptions? options, CancellationToken cancellationToken)
    {
        await using Stream text = GzipText.DecompressIfGzip(stream);
        CsvReading<CsvColumns> reading = CsvTable.Reading(options);
        while (!reading.Ended)
        {
            await reading.FillAsync(text, cancellationToken).ConfigureAwait(false);
            while (reading.Crowd is { } next)
            {
                await next.ConfigureAwait(false);
                reading.TakeNext();
            }
        }

        return CsvTable.Build(reading, cancellationToken);
    }
}
