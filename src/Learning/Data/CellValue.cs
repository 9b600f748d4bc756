using System.Globalization;

namespace Trainyard.Learning.Data;

/// <summary>Reads cells that are not missing as the type of their column, without allocating.</summary>
internal static class CellValue
{
    /// <summary>Characters of the longest double in shortest round-trip form, with room.</summary>
    public const int MaxNumberText = 32;

    public static bool TryNumber(Cell cell, out double number)
    {
        number = cell.Number;
        return cell.Kind == CellKind.Number ? double.IsFinite(number) : ValueText.TryNumber(cell.Text!, out number);
    }

    /// <summary>Text true or false, or the number 1 or 0.</summary>
    public static bool TryBoolean(Cell cell, out bool value)
    {
        if (cell.Kind == CellKind.Text && ValueText.TryBoolean(cell.Text!, out value))
        {
            return true;
        }

        bool isNumber = TryNumber(cell, out double number);
        value = number == 1;
        return isNumber && number is 0 or 1;
    }

    public static bool TryDate(Cell cell, out long ticks)
    {
        ticks = 0;
        return cell.Kind == CellKind.Text && ValueText.TryDate(cell.Text!, out ticks);
    }

    /// <summary>The text of a cell; that of a number is written to <paramref name="scratch"/>.</summary>
    public static ReadOnlySpan<char> TextOf(Cell cell, Span<char> scratch)
    {
        if (cell.Kind == CellKind.Text)
        {
            return cell.Text;
        }

        return cell.Number.TryFormat(scratch, out int written, "R", CultureInfo.InvariantCulture) ? scratch[..written] : [];
    }
}
