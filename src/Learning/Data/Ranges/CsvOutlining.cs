namespace Trainyard.Learning.Data.Ranges;

/// <summary>One CSV file whose outline is being found.</summary>
internal sealed class CsvOutlining(CsvOptions options, int rangeBytes)
{
    private readonly CsvChunks chunks = new(options.Limits, Math.Min(options.ChunkBytes, rangeBytes));
    private readonly RangeList ranges = new(rangeBytes);
    private bool begun;
    private long offset;
    private long line = 1;

    /// <summary>Whether the stream has no more bytes than were read.</summary>
    public bool Ended => chunks.Ended;

    /// <summary>The names of the columns; null until the first record was read.</summary>
    public string[]? Columns { get; private set; }

    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        await chunks.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        if (!begun)
        {
            begun = true;
            offset = CsvBeginning.Settle(chunks, options);
        }

        while (chunks.Take() is { } chunk)
        {
            Add(chunk);
            chunks.Return(chunk);
        }
    }

    public RowOutline Finish()
    {
        CsvEnd.Check(chunks, options.Limits, Columns is not null, ranges.Rows);
        return new RowOutline(Columns!, (char)chunks.Delimiter, ranges.Rows, ranges.ToList());
    }

    private void Add(CsvChunk chunk)
    {
        CsvScanner record = new(chunk, options.Limits, chunks.Delimiter, line);
        int start = chunk.Start;
        int rows = 0;
        while (record.TryNext())
        {
            if (record.IsBlank)
            {
                continue;
            }

            if (Columns is null)
            {
                Columns = CsvHeading.Names(record, options, out bool isData);
                if (!isData)
                {
                    start = record.Position;
                    continue;
                }
            }

            if (ranges.Rows + ++rows > options.Limits.MaxRows)
            {
                throw ByteWindow.Error("csv_too_many_rows", $"there are more than {options.Limits.MaxRows} rows.", record.Line);
            }
        }

        line = record.NextLine;
        ranges.Add(offset + start - chunk.Start, chunk.End - start, rows);
        offset += chunk.Bytes.Length;
    }
}
