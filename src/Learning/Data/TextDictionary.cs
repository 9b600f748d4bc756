namespace Trainyard.Learning.Data;

/// <summary>Gives each distinct text a code, 0, 1, 2 … in order of first appearance.</summary>
internal sealed class TextDictionary
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> texts = [];

    public TextDictionary() => lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();

    public int CodeOf(ReadOnlySpan<char> text)
    {
        if (lookup.TryGetValue(text, out int code))
        {
            return code;
        }

        code = texts.Count;
        string owned = new(text);
        codes.Add(owned, code);
        texts.Add(owned);
        return code;
    }

    public string[] ToArray() => [.. texts];
}
