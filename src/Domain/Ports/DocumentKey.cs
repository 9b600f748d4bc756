using System.Globalization;
using System.Text;

namespace Trainyard.Domain.Ports;

/// <summary>Builds keys that Table storage accepts, from text that users chose.</summary>
public static class DocumentKey
{
    private const char Escape = '~';
    private const char Separator = '|';

    /// <summary>
    /// Joins parts into one key. Parts are encoded so that two different lists never give the same key, and the order
    /// of keys with equal leading parts is the order of the next part where that is plain ASCII.
    /// </summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
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

    /// <summary>A key part that sorts later times first (newest-first lists): ticks to the end of time, 19 digits.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder key, string part)
    {
        foreach (char character in part)
        {
            if (char.IsControl(character) || character is '/' or '\\' or '#' or '?' or Escape or Separator)
            {
                key.Append(Escape).Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                key.Append(character);
            }
        }
    }
}
