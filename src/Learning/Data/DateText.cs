namespace Trainyard.Learning.Data;

/// <summary>
/// Reads ISO 8601 calendar dates: <c>2024-02-29</c>, and with a time after <c>T</c> or a space: hours and minutes, seconds
/// and fraction if given, then <c>Z</c>, an offset (<c>+02:00</c>, <c>+0200</c>, <c>+02</c>) or nothing, which is UTC.
/// </summary>
internal static class DateText
{
    private const int DateLength = 10;

    /// <param name="text">Without surrounding space.</param>
    /// <param name="ticks">UTC ticks of 100 ns.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        ReadOnlySpan<byte> rest = text[DateLength..];
        return rest.IsEmpty || (rest[0] is (byte)'T' or (byte)' ' && TryAddTime(rest[1..], ref ticks));
    }

    private static bool TryAddTime(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.Length < 5 || text[2] != ':'
            || !TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[5..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryDigits(text[1..3], out int second) || second > 59)
            {
                return false;
            }

            ticks += second * TimeSpan.TicksPerSecond;
            text = AddFraction(text[3..], ref ticks);
        }

        return TrySubtractOffset(text, ref ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>Digits past the seventh are below a tick and are cut off.</summary>
    private static ReadOnlySpan<byte> AddFraction(ReadOnlySpan<byte> text, scoped ref long ticks)
    {
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',') || !char.IsAsciiDigit((char)text[1]))
        {
            return text;
        }

        long unit = TimeSpan.TicksPerSecond / 10;
        int index = 1;
        for (; index < text.Length && char.IsAsciiDigit((char)text[index]); index++)
        {
            ticks += (text[index] - '0') * unit;
            unit /= 10;
        }

        return text[index..];
    }

    private static bool TrySubtractOffset(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        bool colon = text.Length == 6 && text[3] == ':';
        if (text[0] is not ((byte)'+' or (byte)'-') || !(text.Length is 3 or 5 || colon) || !TryDigits(text[1..3], out int hours))
        {
            return false;
        }

        int minutes = 0;
        if ((text.Length > 3 && !TryDigits(text[^2..], out minutes)) || hours > 14 || minutes > 59)
        {
            return false;
        }

        long offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks += text[0] == '+' ? -offset : offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte character in text)
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return false;
            }

            value = (value * 10) + character - '0';
        }

        return true;
    }
}
