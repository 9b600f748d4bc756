namespace Trainyard.Learning.Data.Ranges;

/// <summary>Finds where the rows of a CSV file lie, in one pass and a few mebibytes of memory. Values are not looked at.</summary>
/// <remarks>Refuses what <see cref="CsvSource"/> refuses of a file's form; but a row with the wrong number of fields is a row.</remarks>
public static class CsvOutline
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    /// <param name="stream">UTF-8 from its current position on.</param>
    /// <param name="options">How to read it; its schema is not looked at.</param>
    /// <param name="rangeBytes">Bytes of a range at most, unless a single record is longer.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <exception cref="LearningException">The file cannot be used; codes as of <see cref="CsvSource"/>.</exception>
    public static async Task<RowOutline> ReadAsync(Stream stream, CsvOptions options, int rangeBytes, CancellationToken cancellationToken)
    {
        CsvOutlining outline = new(options.Validated(), rangeBytes);
        while (!outline.Ended)
        {
            await outline.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        return outline.Finish();
    }

    /// <summary>Reads no further than the names of the columns.</summary>
    /// <param name="stream">UTF-8 from its current position on; stays open.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Observed at every read.</param>
    /// <exception cref="LearningException">The file cannot be used; codes as of <see cref="CsvSource"/>.</exception>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(Stream stream, CsvOptions options, CancellationToken cancellationToken)
    {
        CsvOutlining outline = new(options.Validated(), CsvChunks.FirstBytes);
        while (!outline.Ended && outline.Columns is null)
        {
            await outline.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        return outline.Columns ?? outline.Finish().Columns;
    }
}
