using System.Globalization;
using System.Text;

namespace Trainyard.Domain.Ports;

/// <summary>Builds keys that Table storage accepts, from text that users chose.</summary>
/// <remarks>
/// The encoding is injective and keeps order: two lists of parts never give the same key, and keys sort (ordinal) as
/// their lists of parts do, part by part, a shorter list before a longer one that begins with it. The order holds for
/// well-formed text; an unpaired surrogate is kept apart from every other text, but sorts elsewhere.
/// <para>
/// How: the separator <c>!</c> sorts below every other character that an encoded part may have. A character that
/// may not stand in a key is written as the nearest allowed character below it and four hexadecimal digits, so that it
/// keeps its place between its neighbours; those leading characters (<c>" . &gt; [ ~</c>) are written in the same way.
/// </para>
/// </remarks>
public static class DocumentKey
{
    private const char Separator = '!';
    private const char AfterSeparator = '"';
    private const char NotEscaped = '\0';

    /// <summary>Joins parts into one key.</summary>
    /// <param name="parts">At least one. One empty part alone gives the empty key, which no store accepts.</param>
    /// <exception cref="ArgumentException">There are no parts.</exception>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("A key needs at least one part.", nameof(parts));
        }

        StringBuilder key = new();
        for (int index = 0; index < parts.Length; index++)
        {
            if (index > 0)
            {
                key.Append(Separator);
            }

            Append(key, parts[index]);
        }

        return key.ToString();
    }

    /// <summary>The range of all keys that begin with these parts and have more: <c>From</c> inclusive, <c>Before</c> exclusive.</summary>
    /// <param name="parts">The leading parts, at least one.</param>
    public static (string From, string Before) Within(params ReadOnlySpan<string> parts)
    {
        string leading = Of(parts);
        return (leading + Separator, leading + AfterSeparator);
    }

    /// <summary>A key part that sorts later times first (newest-first lists): ticks to the end of time, 19 digits.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder key, string part)
    {
        for (int index = 0; index < part.Length; index++)
        {
            char character = part[index];
            char lead = IsUnpaired(part, index) ? '~' : LeadOf(character);
            if (lead == NotEscaped)
            {
                key.Append(character);
            }
            else
            {
                key.Append(lead).Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
        }
    }

    // The greatest allowed character that is not above the escaped one, for every character that is escaped.
    private static char LeadOf(char character) => character switch
    {
        <= '#' => '"',
        '.' or '/' => '.',
        '>' or '?' => '>',
        '[' or '\\' => '[',
        >= '~' and <= '\u009f' => '~',
        _ => NotEscaped,
    };

    private static bool IsUnpaired(string text, int index) => char.IsSurrogate(text[index])
        && !(index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
        && !(index > 0 && char.IsSurrogatePair(text[index - 1], text[index]));
}
