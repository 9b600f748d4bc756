using System.Globalization;

namespace Trainyard.Learning.Data;

/// <summary>The one place where values are read from text and written to it, whatever file or request they come in.</summary>
/// <remarks>
/// Numbers: decimal point, optional exponent, finite. Booleans: <c>true</c> and <c>false</c> in any case. Dates: see
/// <see cref="DateText"/>. Spaces and tabs around a value are ignored.
/// </remarks>
internal static class ValueText
{
    /// <summary>Bytes of a number at most: every digit of the smallest double, with a margin.</summary>
    private const int MaxNumberLength = 1100;

    /// <summary>Characters of a number, boolean or date that is worth reading from a string.</summary>
    private const int MaxTextLength = MaxNumberLength;

    private delegate bool Parser<T>(ReadOnlySpan<byte> text, out T value);

    public static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        text = Trim(text);
        if (FastNumber.TryParse(text, out number))
        {
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.Length is > 0 and <= MaxNumberLength
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    public static bool TryNumber(string text, out double number) => TryFromString(text, TryNumber, out number);

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        text = Trim(text);
        value = System.Text.Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || System.Text.Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    public static bool TryBoolean(string text, out bool value) => TryFromString(text, TryBoolean, out value);

    public static bool TryDate(ReadOnlySpan<byte> text, out long ticks) => DateText.TryParse(Trim(text), out ticks);

    public static bool TryDate(string text, out long ticks) => TryFromString(text, TryDate, out ticks);

    /// <summary>The shortest text that reads back as the same bits.</summary>
    public static string OfNumber(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A date alone at midnight, else date and time with as many fractional digits as are needed.</summary>
    public static string OfDate(DateTime utc) => utc.ToString(
        utc.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Cuts off spaces and tabs; written out because it runs twice for every cell of a file, mostly to no effect.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && text[0] is (byte)' ' or (byte)'\t')
        {
            text = text[1..];
        }

        while (text.Length > 0 && text[^1] is (byte)' ' or (byte)'\t')
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool TryFromString<T>(string text, Parser<T> parser, out T value)
        where T : struct
    {
        value = default;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[text.Length];
        return System.Text.Ascii.FromUtf16(text, bytes, out int written) == System.Buffers.OperationStatus.Done
            && parser(bytes[..written], out value);
    }
}
