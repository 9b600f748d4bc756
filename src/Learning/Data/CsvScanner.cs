using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Trainyard.Learning.Data;

/// <summary>
/// Finds the fields of one CSV record after another (RFC 4180; lines end in CR, LF or CRLF; a quote inside an unquoted
/// field is an ordinary character).
/// </summary>
/// <remarks>
/// Our own, since CsvHelper bounds fields but neither lines nor files, replaces bytes that are not UTF-8 without a word, and
/// makes a string of every number. Delimiters and line ends are found 64 bytes at a time, as bits of a word (Langdale and
/// Lemire, Parsing gigabytes of JSON per second, VLDB Journal 2019).
/// </remarks>
internal sealed class CsvScanner
{
    /// <summary>Bytes behind a chunk that must exist and are never looked at: a whole block can be loaded at its end.</summary>
    public const int Slack = BlockBytes;

    private const int BlockBytes = 64;
    private const byte Quote = (byte)'"';
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    /// <summary>Room for the line end after a record of the greatest length.</summary>
    public const int LineEndBytes = 2;

    private readonly ReadLimits limits;
    private readonly byte delimiter;
    private readonly CsvChunk chunk;
    private readonly byte[] buffer;
    private readonly bool isUtf8;
    private CsvField[] fields = new CsvField[64];
    private byte[] undoubled = [];
    private int position;
    private int block;
    private ulong ends;
    private int stop;
    private bool isCutOff;
    private bool hasQuotes;

    /// <param name="chunk">What to scan.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="delimiter">Of fields.</param>
    /// <param name="line">1-based line that the chunk begins on.</param>
    public CsvScanner(CsvChunk chunk, ReadLimits limits, byte delimiter, long line)
    {
        this.chunk = chunk;
        this.limits = limits;
        this.delimiter = delimiter;
        buffer = chunk.Buffer;
        position = chunk.Start;
        NextLine = line;
        isUtf8 = Utf8.IsValid(chunk.Bytes);
        block = position;
        ends = position < chunk.End ? EndsOfBlock() : 0;
    }

    /// <summary>Fields of the record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>1-based line on which the record begins.</summary>
    public long Line { get; private set; }

    /// <summary>1-based line on which the next record begins.</summary>
    public long NextLine { get; private set; }

    /// <summary>Index behind the record and its line end.</summary>
    public int Position => position;

    /// <summary>Whether the record is an empty line: one field, and that not even quotes.</summary>
    public bool IsBlank => FieldCount == 1 && fields[0].Length == 0 && !hasQuotes;

    /// <summary>Moves to the next record; false behind the last one.</summary>
    public bool TryNext()
    {
        if (position == chunk.End)
        {
            return false;
        }

        FieldCount = 0;
        hasQuotes = false;
        Line = NextLine;
        stop = (int)Math.Min(chunk.End, (long)position + limits.MaxLineBytes + LineEndBytes);
        isCutOff = stop < chunk.End;
        int at = position;
        int after;
        do
        {
            after = at < stop && buffer[at] == Quote ? ScanQuoted(at) : ScanPlain(at);
            at = after + 1;
        }
        while (after < chunk.End && buffer[after] == delimiter);

        Take(after);
        return true;
    }

    /// <summary>The bytes of a field, quotes undone; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Field(int index)
    {
        ref readonly CsvField field = ref fields[index];
        ReadOnlySpan<byte> text = buffer.AsSpan(field.Start, field.Length);
        return field.HasDoubledQuotes ? UndoubleQuotes(text) : text;
    }

    /// <returns>Index of the delimiter or line end behind the field, or the end of the chunk.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ScanPlain(int start)
    {
        int after = NextEnd();
        if (after >= stop && isCutOff)
        {
            throw TooLong();
        }

        Add(new CsvField(start, after - start, HasDoubledQuotes: false));
        return after;
    }

    private int ScanQuoted(int start)
    {
        hasQuotes = true;
        bool doubled = false;
        int from = start + 1;
        while (true)
        {
            int found = buffer.AsSpan(from, stop - from).IndexOf(Quote);
            int close = from + found;
            if (found < 0 || (close + 1 == stop && isCutOff))
            {
                throw isCutOff ? TooLong() : Unterminated(start);
            }

            if (close + 1 == stop || buffer[close + 1] != Quote)
            {
                Add(new CsvField(start + 1, close - start - 1, doubled));
                SeekEnds(close + 1);
                return NextEnd() == close + 1 ? close + 1 : throw BadQuote(close);
            }

            doubled = true;
            from = close + 2;
        }
    }

    /// <summary>The next delimiter or line end, or the end of the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextEnd()
    {
        while (ends == 0)
        {
            block += BlockBytes;
            if (block >= chunk.End)
            {
                block = chunk.End;
                return block;
            }

            ends = EndsOfBlock();
        }

        int next = block + BitOperations.TrailingZeroCount(ends);
        ends &= ends - 1;
        return next;
    }

    /// <summary>Makes <see cref="NextEnd"/> go on at <paramref name="from"/>.</summary>
    private void SeekEnds(int from)
    {
        if (from - block >= BlockBytes || from >= chunk.End)
        {
            block = from;
            ends = from >= chunk.End ? 0 : EndsOfBlock();
            return;
        }

        ends &= ulong.MaxValue << (from - block);
    }

    private ulong EndsOfBlock()
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(buffer);
        ulong found = EndsOf(Vector256.LoadUnsafe(ref first, (nuint)block))
            | ((ulong)EndsOf(Vector256.LoadUnsafe(ref first, (nuint)block + (BlockBytes / 2))) << (BlockBytes / 2));
        int rest = chunk.End - block;
        return rest < BlockBytes ? found & ((1UL << rest) - 1) : found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint EndsOf(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create(delimiter)) | Vector256.Equals(bytes, Vector256.Create(CarriageReturn)) | Vector256.Equals(bytes, Vector256.Create(LineFeed)))
            .ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(CsvField field)
    {
        if (FieldCount == limits.MaxColumns)
        {
            throw ByteWindow.Error("csv_too_many_columns", $"there are more than {limits.MaxColumns} fields.", Line);
        }

        if (field.Length > limits.MaxFieldBytes)
        {
            throw ByteWindow.Error("csv_field_too_long", $"field {FieldCount + 1} has {field.Length} bytes; the limit is {limits.MaxFieldBytes}.", Line);
        }

        if (FieldCount == fields.Length)
        {
            Array.Resize(ref fields, 2 * fields.Length);
        }

        fields[FieldCount++] = field;
    }

    private void Take(int after)
    {
        ReadOnlySpan<byte> record = buffer.AsSpan(position, after - position);
        if (record.Length > limits.MaxLineBytes)
        {
            throw TooLong();
        }

        if (!isUtf8 && !Utf8.IsValid(record))
        {
            throw ByteWindow.Error("csv_not_utf8", "the bytes are not UTF-8; save the file as UTF-8.", Line);
        }

        NextLine = Line + 1 + (hasQuotes ? LineEnds(record) : 0);
        position = Math.Min(chunk.End, after + 1);
        if (position < chunk.End && buffer[after] == CarriageReturn && buffer[position] == LineFeed)
        {
            position++;
            SeekEnds(position);
        }
    }

    private ReadOnlySpan<byte> UndoubleQuotes(ReadOnlySpan<byte> text)
    {
        if (undoubled.Length < text.Length)
        {
            undoubled = new byte[text.Length];
        }

        int written = 0;
        for (int read = 0; read < text.Length; read++)
        {
            undoubled[written++] = text[read];
            if (text[read] == Quote)
            {
                read++;
            }
        }

        return undoubled.AsSpan(0, written);
    }

    private static int LineEnds(ReadOnlySpan<byte> text) =>
        text.Count(LineFeed) + text.Count(CarriageReturn) - text.Count("\r\n"u8);

    private LearningException Unterminated(int quote) => ByteWindow.Error(
        "csv_unterminated_quote", "a quote is opened here and never closed.", Line + LineEnds(buffer.AsSpan(position, quote - position)));

    private LearningException BadQuote(int close) => ByteWindow.Error(
        "csv_bad_quote",
        "text follows a closing quote; inside a quoted field a quote must be doubled.",
        Line + LineEnds(buffer.AsSpan(position, close - position)));

    private LearningException TooLong() => ByteWindow.TooLong("csv", limits, Line);

    private readonly record struct CsvField(int Start, int Length, bool HasDoubledQuotes);
}
