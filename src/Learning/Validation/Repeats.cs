using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Finds rows whose value an earlier row has.</summary>
internal static class Repeats
{
    /// <summary>The rows, ascending; missing values repeat nothing.</summary>
    public static IEnumerable<int> Of(Column column)
    {
        long[] keys = new long[column.RowCount];
        int[] rows = new int[column.RowCount];
        int present = 0;
        for (int row = 0; row < column.RowCount; row++)
        {
            if (KeyOf(column, row) is { } key)
            {
                keys[present] = key;
                rows[present++] = row;
            }
        }

        Array.Sort(keys, rows, 0, present);
        bool[] repeated = new bool[column.RowCount];
        for (int start = 0, end; start < present; start = end)
        {
            int first = rows[start];
            for (end = start + 1; end < present && keys[end] == keys[start]; end++)
            {
                // The sort is not stable: whichever row is not the first of its value repeats it.
                repeated[Math.Max(first, rows[end])] = true;
                first = Math.Min(first, rows[end]);
            }
        }

        return Enumerable.Range(0, column.RowCount).Where(row => repeated[row]);
    }

    private static long? KeyOf(Column column, int row) => column switch
    {
        _ when column.IsMissing(row) => null,
        // Adding zero makes one of the two zeros.
        NumberColumn numbers => BitConverter.DoubleToInt64Bits(numbers.Values[row] + 0.0),
        DateColumn dates => dates.ValueAt(row)!.Value.Ticks,
        BooleanColumn booleans => booleans.ValueAt(row)!.Value ? 1 : 0,
        _ => ((TextColumn)column).Codes[row],
    };
}
