using Trainyard.Learning.Data;

namespace Trainyard.Learning.Explanations;

/// <summary>Chooses values of a column that show its range.</summary>
internal static class GridValues
{
    /// <summary>Rows whose values differ, none of them missing: by size where there is one, else the most frequent first.</summary>
    public static int[] Choose(Column column, int most)
    {
        int[] present = [.. Enumerable.Range(0, column.RowCount).Where(row => !column.IsMissing(row))];
        return column switch
        {
            NumberColumn numbers => ByRank(present, row => numbers.Values[row], most),
            DateColumn dates => ByRank(present, row => dates.ValueAt(row)!.Value.Ticks, most),
            _ => ByFrequency(present, row => column.TextAt(row)!, most),
        };
    }

    private static int[] ByRank<T>(int[] rows, Func<int, T> valueOf, int most)
        where T : notnull, IComparable<T>
    {
        int[] sorted = [.. rows.OrderBy(valueOf)];
        int[] distinct = [.. sorted.DistinctBy(valueOf)];
        if (distinct.Length <= most)
        {
            return distinct;
        }

        // Ranks over all rows, so that common values get more points; the ends are the extremes.
        IEnumerable<int> spread = Enumerable.Range(0, most).Select(point => sorted[(int)((long)point * (sorted.Length - 1) / (most - 1))]);
        return [.. spread.DistinctBy(valueOf)];
    }

    private static int[] ByFrequency(int[] rows, Func<int, string> valueOf, int most) =>
    [
        .. rows.GroupBy(valueOf, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(most).Select(group => group.First()),
    ];
}
