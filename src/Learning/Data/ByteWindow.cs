namespace Trainyard.Learning.Data;

/// <summary>
/// The part of a stream that is being looked at. It grows to hold one whole record and no further than the limits allow,
/// so that memory does not follow the size of the file.
/// </summary>
internal sealed class ByteWindow(ReadLimits limits, string codePrefix)
{
    /// <summary>Bytes read at a time: large enough that calls do not show, small enough for the cache.</summary>
    private const int InitialSize = 128 * 1024;

    /// <summary>Room for the line end after a record of the greatest length.</summary>
    private const int LineEndBytes = 2;

    private const byte LineFeed = (byte)'\n';

    private byte[] buffer = new byte[InitialSize];
    private int end;
    private long total;

    /// <summary>Index of the first byte that has not been used yet.</summary>
    public int Start { get; set; }

    /// <summary>Whether the stream has no more bytes than are here.</summary>
    public bool Ended { get; private set; }

    /// <summary>1-based number of the line that <see cref="Start"/> is on.</summary>
    public long Line { get; set; } = 1;

    /// <summary>Bytes from the window's beginning; those before <see cref="Start"/> have been used.</summary>
    public Span<byte> Bytes => buffer.AsSpan(0, end);

    /// <summary>Reads more bytes behind those that are unused.</summary>
    public void Fill(Stream stream)
    {
        MakeRoom();
        Took(stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false));
    }

    /// <inheritdoc cref="Fill"/>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        MakeRoom();
        Took(await stream.ReadAtLeastAsync(buffer.AsMemory(end), buffer.Length - end, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Skips a byte order mark at the beginning of the stream.</summary>
    /// <returns>Bytes skipped.</returns>
    public int SkipMark() => Start = Bytes.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;

    /// <summary>Takes the next line, its line feed left out; false when it is not there whole. Counting lines is left to the caller.</summary>
    /// <exception cref="LearningException">It is longer than the limit.</exception>
    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = Bytes[Start..];
        int length = rest.IndexOf(LineFeed);
        bool ended = length < 0;
        if (ended && (!Ended || rest.IsEmpty))
        {
            line = default;
            return false;
        }

        line = ended ? rest : rest[..length];
        CheckLength(line.Length);
        Start += line.Length + (ended ? 0 : 1);
        return true;
    }

    /// <summary>An error at a line of the file.</summary>
    public static LearningException Error(string code, string message, long line, string? field = null) =>
        new(code, $"Line {line}: {message}", field) { Line = line };

    /// <summary>The error for a record that is longer than the limit.</summary>
    public static LearningException TooLong(string codePrefix, ReadLimits limits, long line) => Error(
        codePrefix + "_line_too_long",
        $"the record that begins here is longer than the limit of {limits.MaxLineBytes} bytes; is a quote left open, or are line ends missing?",
        line);

    /// <summary>Refuses a record that is longer than the limit.</summary>
    public void CheckLength(int recordBytes)
    {
        if (recordBytes > limits.MaxLineBytes)
        {
            throw TooLong(codePrefix, limits, Line);
        }
    }

    private void MakeRoom()
    {
        buffer.AsSpan(Start, end - Start).CopyTo(buffer);
        end -= Start;
        Start = 0;
        if (end < buffer.Length)
        {
            return;
        }

        int largest = limits.MaxLineBytes + LineEndBytes;
        if (buffer.Length >= largest)
        {
            throw TooLong(codePrefix, limits, Line);
        }

        Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, largest));
    }

    private void Took(int count)
    {
        Ended = end + count < buffer.Length;
        end += count;
        total += count;
        if (total > limits.MaxTotalBytes)
        {
            throw new LearningException(codePrefix + "_too_large", $"The file is larger than the limit of {limits.MaxTotalBytes} bytes.");
        }
    }
}
