namespace Trainyard.Learning.Data;

/// <summary>A column of categories or free text, dictionary-encoded: 4 bytes a row and each distinct text once.</summary>
public sealed class TextColumn : Column
{
    /// <summary>The code of a missing value.</summary>
    public const int MissingCode = -1;

    private readonly int[] codes;
    private readonly string[] dictionary;

    /// <summary>Takes the values; null is missing.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type"><see cref="ColumnType.Category"/> or <see cref="ColumnType.Text"/>.</param>
    /// <param name="values">One text per row.</param>
    public TextColumn(string name, ColumnType type, IEnumerable<string?> values)
        : this(name, type, Encode(values))
    {
    }

    /// <summary>Wraps codes and dictionary without copying.</summary>
    internal TextColumn(string name, ColumnType type, int[] codes, string[] dictionary)
        : base(name, Checked(type), codes.Length, codes.Count(code => code == MissingCode))
    {
        this.codes = codes;
        this.dictionary = dictionary;
    }

    private TextColumn(string name, ColumnType type, (int[] Codes, string[] Dictionary) encoded)
        : this(name, type, encoded.Codes, encoded.Dictionary)
    {
    }

    /// <summary>Per row an index into <see cref="Dictionary"/>, or <see cref="MissingCode"/>.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>
    /// Distinct texts in order of first appearance. Rows that were selected from a larger table share its dictionary, so
    /// that some texts may occur in no row.
    /// </summary>
    public IReadOnlyList<string> Dictionary => dictionary;

    /// <summary>The text of a row; null when it is missing.</summary>
    public string? ValueAt(int row) => codes[row] == MissingCode ? null : dictionary[codes[row]];

    /// <summary>How many rows have each text of <see cref="Dictionary"/>.</summary>
    public int[] CountPerCode()
    {
        int[] counts = new int[dictionary.Length];
        foreach (int code in codes)
        {
            if (code != MissingCode)
            {
                counts[code]++;
            }
        }

        return counts;
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => codes[row] == MissingCode;

    /// <inheritdoc/>
    public override Cell CellAt(int row) => Cell.FromText(ValueAt(row));

    /// <inheritdoc/>
    public override string? TextAt(int row) => ValueAt(row);

    /// <inheritdoc/>
    public override Column SelectRows(ReadOnlySpan<int> rows) => new TextColumn(Name, Type, Select(codes, rows), dictionary);

    /// <summary>The same values under the other of the two types; nothing is copied.</summary>
    internal TextColumn As(ColumnType type) => new(Name, type, codes, dictionary);

    private static ColumnType Checked(ColumnType type) => type is ColumnType.Category or ColumnType.Text
        ? type
        : throw new ArgumentException("A text column holds categories or free text.", nameof(type));

    private static (int[] Codes, string[] Dictionary) Encode(IEnumerable<string?> values)
    {
        TextDictionary distinct = new();
        int[] encoded = [.. values.Select(value => value is null ? MissingCode : distinct.CodeOf(value))];
        return (encoded, distinct.ToArray());
    }
}
