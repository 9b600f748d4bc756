using System.Text;

namespace Trainyard.Learning.Scoring;

/// <summary>Makes text of UTF-8, and the same object of the same short text: categories repeat. Not thread safe.</summary>
internal sealed class TextPool
{
    private const int MaxBytes = 64;
    private const int MaxTexts = 4096;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public TextPool() => lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[MaxBytes];
        ReadOnlySpan<char> text = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        if (lookup.TryGetValue(text, out string? known))
        {
            return known;
        }

        string made = text.ToString();
        if (texts.Count < MaxTexts)
        {
            texts.Add(made, made);
        }

        return made;
    }
}
