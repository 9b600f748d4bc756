using System.Buffers;
using System.Text.Unicode;

namespace Trainyard.Learning.Data;

/// <summary>
/// Finds the fields of one CSV record after another (RFC 4180; lines end in CR, LF or CRLF; a quote inside an unquoted
/// field is an ordinary character).
/// </summary>
/// <remarks>
/// Our own, since CsvHelper bounds fields but neither lines nor files, replaces bytes that are not UTF-8 without a word, and
/// makes a string of every number.
/// </remarks>
internal sealed class CsvScanner
{
    private const byte Quote = (byte)'"';
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const int Undecided = -1;

    private readonly ByteWindow window;
    private readonly ReadLimits limits;
    private readonly byte delimiter;
    private readonly SearchValues<byte> fieldEnds;
    private CsvField[] fields = new CsvField[64];

    public CsvScanner(ByteWindow window, ReadLimits limits, byte delimiter)
    {
        this.window = window;
        this.limits = limits;
        this.delimiter = delimiter;
        fieldEnds = SearchValues.Create([delimiter, CarriageReturn, LineFeed]);
    }

    /// <summary>Fields of the record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>1-based line on which the record begins.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record is an empty line: one field, and that not even quotes.</summary>
    public bool IsBlank => FieldCount == 1 && !fields[0].Quoted && fields[0].Length == 0;

    /// <summary>Moves to the next record; false when the window must be filled first, or has ended and is used up.</summary>
    public bool TryNext()
    {
        ReadOnlySpan<byte> bytes = window.Bytes;
        if (window.Start == bytes.Length)
        {
            return false;
        }

        FieldCount = 0;
        int position = window.Start;
        int after;
        do
        {
            after = bytes.Length > position && bytes[position] == Quote ? ScanQuoted(bytes, position) : ScanPlain(bytes, position);
            if (after == Undecided)
            {
                return false;
            }

            position = after + 1;
        }
        while (after < bytes.Length && bytes[after] == delimiter);

        if (after == bytes.Length - 1 && bytes[after] == CarriageReturn && !window.Ended)
        {
            return false;
        }

        Take(bytes, after);
        return true;
    }

    /// <summary>The bytes of a field, quotes undone; valid until the window is filled again.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        ref CsvField field = ref fields[index];
        Span<byte> text = window.Bytes.Slice(field.Start, field.Length);
        if (!field.HasDoubledQuotes)
        {
            return text;
        }

        field = field with { Length = UndoubleQuotes(text), HasDoubledQuotes = false };
        return text[..field.Length];
    }

    /// <returns>Index of the delimiter or line end behind the field, or the end of the bytes.</returns>
    private int ScanPlain(ReadOnlySpan<byte> bytes, int start)
    {
        int length = bytes[start..].IndexOfAny(fieldEnds);
        if (length < 0)
        {
            if (!window.Ended)
            {
                return Undecided;
            }

            length = bytes.Length - start;
        }

        Add(new CsvField(start, length, Quoted: false, HasDoubledQuotes: false));
        return start + length;
    }

    private int ScanQuoted(ReadOnlySpan<byte> bytes, int start)
    {
        bool doubled = false;
        int position = start + 1;
        while (true)
        {
            int found = bytes[position..].IndexOf(Quote);
            if (found < 0)
            {
                return window.Ended ? throw Unterminated(bytes, start) : Undecided;
            }

            int close = position + found;
            if (close + 1 == bytes.Length && !window.Ended)
            {
                return Undecided;
            }

            if (close + 1 == bytes.Length || bytes[close + 1] != Quote)
            {
                Add(new CsvField(start + 1, close - start - 1, Quoted: true, doubled));
                return EndsField(bytes, close + 1) ? close + 1 : throw BadQuote(bytes, close);
            }

            doubled = true;
            position = close + 2;
        }
    }

    private bool EndsField(ReadOnlySpan<byte> bytes, int index) =>
        index == bytes.Length || bytes[index] == delimiter || bytes[index] is CarriageReturn or LineFeed;

    private void Add(CsvField field)
    {
        if (FieldCount == limits.MaxColumns)
        {
            throw ByteWindow.Error("csv_too_many_columns", $"there are more than {limits.MaxColumns} fields.", window.Line);
        }

        if (field.Length > limits.MaxFieldBytes)
        {
            throw ByteWindow.Error("csv_field_too_long", $"field {FieldCount + 1} has {field.Length} bytes; the limit is {limits.MaxFieldBytes}.", window.Line);
        }

        if (FieldCount == fields.Length)
        {
            Array.Resize(ref fields, 2 * fields.Length);
        }

        fields[FieldCount++] = field;
    }

    private void Take(ReadOnlySpan<byte> bytes, int after)
    {
        ReadOnlySpan<byte> record = bytes[window.Start..after];
        window.CheckLength(record.Length);
        Line = window.Line;
        if (!Utf8.IsValid(record))
        {
            throw ByteWindow.Error("csv_not_utf8", "the bytes are not UTF-8; save the file as UTF-8.", Line);
        }

        bool crlf = after + 1 < bytes.Length && bytes[after] == CarriageReturn && bytes[after + 1] == LineFeed;
        window.Start = Math.Min(bytes.Length, after + (crlf ? 2 : 1));
        window.Line += 1 + LineEndsWithin(record);
    }

    private int LineEndsWithin(ReadOnlySpan<byte> record)
    {
        for (int index = 0; index < FieldCount; index++)
        {
            if (fields[index].Quoted)
            {
                return LineEnds(record);
            }
        }

        return 0;
    }

    private static int LineEnds(ReadOnlySpan<byte> text) =>
        text.Count(LineFeed) + text.Count(CarriageReturn) - text.Count("\r\n"u8);

    private static int UndoubleQuotes(Span<byte> text)
    {
        int written = 0;
        for (int read = 0; read < text.Length; read++)
        {
            text[written++] = text[read];
            if (text[read] == Quote)
            {
                read++;
            }
        }

        return written;
    }

    private LearningException Unterminated(ReadOnlySpan<byte> bytes, int quote) => ByteWindow.Error(
        "csv_unterminated_quote", "a quote is opened here and never closed.", window.Line + LineEnds(bytes[window.Start..quote]));

    private LearningException BadQuote(ReadOnlySpan<byte> bytes, int close) => ByteWindow.Error(
        "csv_bad_quote",
        "text follows a closing quote; inside a quoted field a quote must be doubled.",
        window.Line + LineEnds(bytes[window.Start..close]));

    private readonly record struct CsvField(int Start, int Length, bool Quoted, bool HasDoubledQuotes);
}
