namespace Trainyard.Learning.Data;

/// <summary>
/// Cuts a stream, as it comes, into chunks of whole records. Where the cuts fall changes no result: each chunk can be read
/// by itself. A buffer grows to hold one whole record and no further than the limits allow.
/// </summary>
internal sealed class CsvChunks(ReadLimits limits, int chunkBytes)
{
    /// <summary>Bytes of the first chunk at most: what the delimiter is detected from, and all there is of a small file.</summary>
    public const int FirstBytes = 128 * 1024;

    /// <summary>Bytes of a chunk by default: some milliseconds of work, and it and its numbers fit the cache of a core.</summary>
    public const int DefaultBytes = 1024 * 1024;

    /// <summary>Bytes past the limit of a record that show it to be too long, whatever follows: a line end fits before the last.</summary>
    private const int BytesPastLimit = CsvScanner.LineEndBytes + 1;

    private readonly Stack<byte[]> spare = [];
    private byte[] buffer = new byte[Math.Min(FirstBytes, chunkBytes) + CsvScanner.Slack];
    private int end;
    private long total;

    /// <summary>The field delimiter; to be set before the first chunk is taken.</summary>
    public byte Delimiter { get; set; }

    /// <summary>Whether the stream has no more bytes than were read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Bytes that belong to no chunk yet.</summary>
    public ReadOnlySpan<byte> Pending => buffer.AsSpan(Start, end - Start);

    /// <summary>Index of the first byte that belongs to no chunk.</summary>
    public int Start { get; set; }

    /// <summary>Whether the file is larger than the limit; its whole records up to there are taken before that is told.</summary>
    public bool IsTooLarge => total > limits.MaxTotalBytes;

    private int Capacity => buffer.Length - CsvScanner.Slack;

    /// <summary>Fills the buffer.</summary>
    public void Fill(Stream stream) =>
        Took(stream.ReadAtLeast(buffer.AsSpan(end, Capacity - end), Capacity - end, throwOnEndOfStream: false));

    /// <inheritdoc cref="Fill"/>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken) =>
        Took(await stream.ReadAtLeastAsync(buffer.AsMemory(end, Capacity - end), Capacity - end, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));

    /// <summary>The whole records of what was read; null when more must be read first, or nothing is left.</summary>
    public CsvChunk? Take()
    {
        int cut = Ended && !IsTooLarge ? end : Start + CsvCut.LastRecordEnd(Pending, Delimiter);
        bool whole = cut > Start;
        if (!whole && end - Start < limits.MaxLineBytes + BytesPastLimit)
        {
            if (!Ended)
            {
                MakeRoom(end);
            }

            return null;
        }

        CsvChunk chunk = new(buffer, Start, whole ? cut : end);
        Ended |= !whole;
        Start = chunk.End;
        if (!Ended)
        {
            MakeRoom(0);
        }

        return chunk;
    }

    /// <summary>Takes back the buffer of a chunk that is not needed any more.</summary>
    public void Return(CsvChunk chunk) => spare.Push(chunk.Buffer);

    /// <summary>Moves what is pending to the beginning of a buffer with room behind it.</summary>
    /// <param name="reusable">Bytes of the present buffer that may be overwritten: 0 when it was given away.</param>
    private void MakeRoom(int reusable)
    {
        int pending = end - Start;
        bool isFull = reusable > 0 && pending == Capacity;
        int size = isFull ? (int)Math.Min(2L * Capacity, Math.Max(limits.MaxLineBytes + BytesPastLimit, chunkBytes)) : Math.Max(chunkBytes, 2 * pending);
        byte[] next = reusable > 0 && !isFull ? buffer : Rent(size);
        buffer.AsSpan(Start, pending).CopyTo(next);
        (buffer, Start, end) = (next, 0, pending);
    }

    private byte[] Rent(int size) => spare.TryPop(out byte[]? used) && used.Length >= size + CsvScanner.Slack
        ? used
        : GC.AllocateUninitializedArray<byte>(size + CsvScanner.Slack);

    private void Took(int count)
    {
        Ended = end + count < Capacity;
        end += count;
        total += count;
        if (IsTooLarge)
        {
            // Records before the limit come first, so that which error is told does not depend on where buffers end.
            end -= (int)(total - limits.MaxTotalBytes);
            Ended = true;
        }
    }
}
