namespace Trainyard.Learning.Data;

/// <summary>One value of one row, as a client gave it: missing, a number or text. The default is missing.</summary>
/// <remarks>What it means is for the column's type to say: text "7" is the number 7 in a number column.</remarks>
public readonly record struct Cell
{
    private const string True = "true";
    private const string False = "false";

    private Cell(CellKind kind, double number, string? text) => (Kind, Number, Text) = (kind, number, text);

    /// <summary>No value.</summary>
    public static Cell Missing => default;

    /// <summary>Which of the three it is.</summary>
    public CellKind Kind { get; }

    /// <summary>The number; 0 for other kinds.</summary>
    public double Number { get; }

    /// <summary>The text; null for other kinds.</summary>
    public string? Text { get; }

    /// <summary>A number; <see cref="double.NaN"/> is missing.</summary>
    public static Cell FromNumber(double number) => double.IsNaN(number) ? Missing : new(CellKind.Number, number, null);

    /// <summary>Text; null is missing. A missing marker such as <c>NA</c> is recognised where the cell is read.</summary>
    public static Cell FromText(string? text) => text is null ? Missing : new(CellKind.Text, 0, text);

    /// <summary>A truth value, as the text that boolean and category columns read.</summary>
    public static Cell FromBoolean(bool value) => FromText(value ? True : False);
}
