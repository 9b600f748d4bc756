using System.Text;

namespace Trainyard.Learning.Data;

internal sealed class TextColumnBuilder(ColumnType type, int capacity) : ColumnBuilder
{
    private const int InitialCharacters = 256;

    private readonly List<int> codes = new(capacity);
    private readonly TextDictionary dictionary = new();
    private char[] characters = new char[InitialCharacters];

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

    public override bool TryAppend(Cell cell)
    {
        codes.Add(dictionary.CodeOf(CellValue.TextOf(cell, stackalloc char[CellValue.MaxNumberText])));
        return true;
    }

    public override TextColumn Build(string name) => new(name, type, codes.ToArray(), dictionary.ToArray());
}
