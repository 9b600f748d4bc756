namespace Trainyard.LocalHost.Storage;

/// <summary>Text as bytes whose binary order is the ordinal (UTF-16 code unit) order of the text.</summary>
/// <remarks>
/// SQLite compares UTF-8, which puts characters beyond U+FFFF after U+E000..U+FFFF; .NET and Table storage compare code
/// units, which puts them before. So each code unit is encoded by itself, as CESU-8 does (Unicode Technical Report 26):
/// plain ASCII stays as it is and readable in a database shell, and no text is lost.
/// </remarks>
internal static class OrdinalKey
{
    private const int MaxBytesPerUnit = 3;

    /// <summary>Bytes above those of every text.</summary>
    internal static readonly byte[] End = [0xff];

    internal static byte[] Encode(string text)
    {
        Span<byte> bytes = text.Length <= 256 ? stackalloc byte[text.Length * MaxBytesPerUnit] : new byte[text.Length * MaxBytesPerUnit];
        int length = 0;
        foreach (char unit in text)
        {
            if (unit < 0x80)
            {
                bytes[length++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                bytes[length++] = (byte)(0xc0 | (unit >> 6));
                bytes[length++] = (byte)(0x80 | (unit & 0x3f));
            }
            else
            {
                bytes[length++] = (byte)(0xe0 | (unit >> 12));
                bytes[length++] = (byte)(0x80 | ((unit >> 6) & 0x3f));
                bytes[length++] = (byte)(0x80 | (unit & 0x3f));
            }
        }

        return bytes[..length].ToArray();
    }

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = bytes.Length <= 512 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        int length = 0;
        for (int index = 0; index < bytes.Length; length++)
        {
            int lead = bytes[index++];
            text[length] = lead switch
            {
                < 0x80 => (char)lead,
                < 0xe0 => (char)(((lead & 0x1f) << 6) | Tail(bytes[index++])),
                _ => (char)(((lead & 0x0f) << 12) | (Tail(bytes[index++]) << 6) | Tail(bytes[index++])),
            };
        }

        return new string(text[..length]);
    }

    /// <summary>The least bytes above those of one text: where a scan goes on after it.</summary>
    internal static byte[] After(string text) => [.. Encode(text), 0];

    /// <summary>The least bytes above those of every text that begins with <paramref name="prefix"/>.</summary>
    internal static byte[] AfterPrefix(string prefix) => [.. Encode(prefix), .. End];

    private static int Tail(byte value) => value & 0x3f;
}
