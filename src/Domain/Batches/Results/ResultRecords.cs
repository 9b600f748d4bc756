namespace Trainyard.Domain.Batches.Results;

/// <summary>Takes a file of results apart, one record after another, and no further than is asked. Not thread safe.</summary>
/// <param name="content">From the beginning of a record on; not disposed.</param>
/// <param name="quotes">Whether line ends may stand in quotes, as in CSV.</param>
internal sealed class ResultRecords(Stream content, bool quotes)
{
    /// <summary>Bytes read at a time: a page of the usual fifty rows.</summary>
    private const int InitialBytes = 8 * 1024;

    /// <summary>Bytes of a record at most; the results of a row with ten thousand classes are smaller.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private byte[] buffer = new byte[InitialBytes];
    private int start;
    private int end;

    /// <summary>Bytes of the records taken, with their line ends.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>The next record without its line end; valid until the next call. Null at the end.</summary>
    /// <exception cref="InvalidDataException">The content is no file of results from here on.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> TakeAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = LengthOfRecord()) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                return start == end ? null : throw new InvalidDataException("A record of the results has no end.");
            }
        }

        ReadOnlyMemory<byte> record = buffer.AsMemory(start, length);
        start += length + 1;
        BytesTaken += length + 1;
        return record;
    }

    private int LengthOfRecord()
    {
        ReadOnlySpan<byte> rest = buffer.AsSpan(start, end - start);
        int from = 0;
        while (true)
        {
            int found = rest[from..].IndexOf((byte)'\n');
            if (found < 0)
            {
                return -1;
            }

            // Quotes are doubled inside of quotes: with an even number of them before it, a line end is outside.
            if (!quotes || rest[..(from + found)].Count((byte)'"') % 2 == 0)
            {
                return from + found;
            }

            from += found + 1;
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            if (buffer.Length >= MaxBytes)
            {
                throw new InvalidDataException($"A record of the results is longer than {MaxBytes} bytes.");
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        int read = await content.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }
}
