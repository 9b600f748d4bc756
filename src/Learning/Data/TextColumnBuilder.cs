using System.Text;

namespace Trainyard.Learning.Data;

internal sealed class TextColumnBuilder(ColumnType type, int capacity) : ColumnBuilder
{
    private const int InitialCharacters = 256;

    private readonly SegmentedList<int> codes = new(capacity);
    private readonly TextDictionary dictionary = new();
    private char[] characters = new char[InitialCharacters];

    public override ColumnType Type => type;

    public override int Count => codes.Count;

    public override void AppendMissing() => codes.Add(TextColumn.MissingCode);

    public override bool TryAppend(ReadOnlySpan<byte> text)
    {
        if (characters.Length < text.Length)
        {
            // UTF-8 never has fewer bytes than UTF-16 has characters.
            characters = new char[Math.Max(text.Length, 2 * characters.Length)];
        }

        int length = Encoding.UTF8.GetChars(text, characters);
        codes.Add(dictionary.CodeOf(characters.AsSpan(0, length)));
        return true;
    }

    public override void Absorb(ColumnBuilder other)
    {
        TextColumnBuilder texts = (TextColumnBuilder)other;
        int[] codeOf = texts.dictionary.MergeInto(dictionary);
        int[] theirs = texts.codes.ToArray();
        Span<int> added = codes.Extend(theirs.Length);
        for (int row = 0; row < theirs.Length; row++)
        {
            added[row] = theirs[row] == TextColumn.MissingCode ? TextColumn.MissingCode : codeOf[theirs[row]];
        }
    }

    public override TextColumn Build(string name) => new(name, type, codes.ToArray(), dictionary.ToArray());
}
