namespace Trainyard.Learning.Data;

/// <summary>What a cell says once the type of its column is known.</summary>
public static class CellReading
{
    /// <summary>
    /// The cell as models read it: of a column of numbers a number, of truth values the text <c>true</c> or <c>false</c>, of dates ISO 8601 in
    /// UTC, of the others a text; missing where it is text that stands for a missing value. A category keeps such text, for it may be one.
    /// </summary>
    /// <remarks>What does not fit its column is given as it came: only a column that no model reads can hold it.</remarks>
    public static Cell As(this Cell cell, ColumnType type)
    {
        if (cell.Kind == CellKind.Missing || (type is not ColumnType.Category && cell.Kind == CellKind.Text && MissingMarkers.Default.Match(cell.Text!)))
        {
            return Cell.Missing;
        }

        return type switch
        {
            ColumnType.Number => CellValue.TryNumber(cell, out double number) ? Cell.FromNumber(number) : cell,
            ColumnType.Boolean => CellValue.TryBoolean(cell, out bool truth) ? Cell.FromBoolean(truth) : cell,
            ColumnType.Date => CellValue.TryDate(cell, out long ticks) ? Cell.FromText(ValueText.OfDate(new DateTime(ticks, DateTimeKind.Utc))) : cell,
            _ => cell.Kind == CellKind.Text ? cell : Cell.FromText(ValueText.OfNumber(cell.Number)),
        };
    }
}
