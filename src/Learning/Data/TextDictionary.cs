namespace Trainyard.Learning.Data;

/// <summary>Gives each distinct text a code, 0, 1, 2 … in order of first appearance.</summary>
internal sealed class TextDictionary
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> texts = [];

    public TextDictionary() => lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The distinct texts, by code.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The code of a text that is there.</summary>
    public bool TryGetCode(string text, out int code) => codes.TryGetValue(text, out code);

    public int CodeOf(ReadOnlySpan<char> text) => lookup.TryGetValue(text, out int code) ? code : Add(new string(text));

    /// <summary>Adds these texts to <paramref name="other"/>; returns the code there of each.</summary>
    public int[] MergeInto(TextDictionary other)
    {
        int[] merged = new int[texts.Count];
        for (int code = 0; code < merged.Length; code++)
        {
            merged[code] = other.codes.TryGetValue(texts[code], out int known) ? known : other.Add(texts[code]);
        }

        return merged;
    }

    public string[] ToArray() => [.. texts];

    private int Add(string text)
    {
        codes.Add(text, texts.Count);
        texts.Add(text);
        return texts.Count - 1;
    }
}
