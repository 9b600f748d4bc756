namespace Trainyard.Learning.Data;

/// <summary>Looks for the few values that made a column text.</summary>
internal static class SuspectFinder
{
    private static readonly ColumnType[] StrictTypes = [ColumnType.Number, ColumnType.Boolean, ColumnType.Date];

    /// <param name="column">Any column.</param>
    /// <param name="lines">Where its rows begin; null when it does not come from a file.</param>
    /// <returns>Null when there is nothing to suspect.</returns>
    public static ColumnSuspects? Find(Column column, RowLines? lines)
    {
        if (column is not TextColumn texts)
        {
            return null;
        }

        int[] counts = texts.CountPerCode();
        int present = texts.RowCount - texts.MissingCount;
        foreach (ColumnType type in StrictTypes)
        {
            bool[] fits = [.. texts.Dictionary.Select(text => Fits(text, type))];
            int fitting = counts.Where((_, code) => fits[code]).Sum();
            if (fitting > 0 && fitting < present && fitting >= ColumnSuspects.MinFittingShare * present)
            {
                return new ColumnSuspects(type, fitting, present - fitting, Examples(texts, counts, fits, lines));
            }
        }

        return null;
    }

    private static bool Fits(string text, ColumnType type) => type switch
    {
        ColumnType.Number => ValueText.TryNumber(text, out _),
        ColumnType.Boolean => ValueText.TryBoolean(text, out _),
        _ => ValueText.TryDate(text, out _),
    };

    private static List<SuspectValue> Examples(TextColumn column, int[] counts, bool[] fits, RowLines? lines)
    {
        List<SuspectValue> examples = [];
        HashSet<int> seen = [];
        for (int row = 0; row < column.RowCount && examples.Count < ColumnSuspects.MaxExamples; row++)
        {
            int code = column.Codes[row];
            if (code != TextColumn.MissingCode && !fits[code] && seen.Add(code))
            {
                examples.Add(new SuspectValue(ColumnProfiler.Shortened(column.Dictionary[code]), counts[code], row + 1, lines?.LineOf(row)));
            }
        }

        return examples;
    }
}
