namespace Trainyard.Learning.Data;

/// <summary>Finds where the last whole record of some bytes ends, from their quotes alone.</summary>
/// <remarks>
/// A quote opens a field only at the field's beginning and closes it unless another follows; a line end counts outside of
/// quotes. That is what <see cref="CsvScanner"/> reads, up to the first error; behind one any cut will do.
/// </remarks>
internal static class CsvCut
{
    private const byte Quote = (byte)'"';
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    /// <param name="bytes">From the beginning of a record on.</param>
    /// <param name="delimiter">Of fields.</param>
    /// <returns>Index behind the last line end that ends a record for sure; 0 when there is none.</returns>
    public static int LastRecordEnd(ReadOnlySpan<byte> bytes, byte delimiter)
    {
        int cut = 0;
        int position = 0;
        while (true)
        {
            int found = bytes[position..].IndexOf(Quote);
            int quote = found < 0 ? bytes.Length : position + found;
            int lineEnd = LastLineEnd(bytes[position..], quote - position);
            cut = lineEnd > 0 ? position + lineEnd : cut;
            if (found < 0)
            {
                return cut;
            }

            bool opens = quote == 0 || bytes[quote - 1] == delimiter || bytes[quote - 1] is CarriageReturn or LineFeed;
            position = opens ? BehindClosingQuote(bytes, quote) : quote + 1;
            if (position < 0)
            {
                return cut;
            }
        }
    }

    /// <summary>Index behind the last line end among the first <paramref name="length"/> bytes, 0 without one; a CR counts once it is known that no LF follows.</summary>
    private static int LastLineEnd(ReadOnlySpan<byte> bytes, int length)
    {
        int last = bytes[..length].LastIndexOfAny(CarriageReturn, LineFeed);
        if (last >= 0 && bytes[last] == CarriageReturn && last + 1 == bytes.Length)
        {
            last = bytes[..last].LastIndexOfAny(CarriageReturn, LineFeed);
        }

        return last + 1;
    }

    /// <returns>-1 when the bytes do not say.</returns>
    private static int BehindClosingQuote(ReadOnlySpan<byte> bytes, int opening)
    {
        int position = opening + 1;
        while (true)
        {
            int found = bytes[position..].IndexOf(Quote);
            int close = position + found;
            if (found < 0 || close + 1 == bytes.Length)
            {
                return -1;
            }

            if (bytes[close + 1] != Quote)
            {
                return close + 1;
            }

            position = close + 2;
        }
    }
}
