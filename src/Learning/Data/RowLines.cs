namespace Trainyard.Learning.Data;

/// <summary>The line of its file that each row of a table begins on; takes room only where a row is not one line behind the last.</summary>
internal sealed class RowLines
{
    private readonly List<(int Row, long Line)> breaks = [];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a row.</summary>
    /// <param name="line">1-based.</param>
    public void Add(long line)
    {
        if (breaks.Count == 0 || line - breaks[^1].Line != Count - breaks[^1].Row)
        {
            breaks.Add((Count, line));
        }

        Count++;
    }

    /// <summary>Appends the rows of <paramref name="other"/>, whose lines count from <paramref name="firstLine"/> instead of 1.</summary>
    public void Absorb(RowLines other, long firstLine)
    {
        foreach ((int row, long line) in other.breaks)
        {
            (int Row, long Line) begin = (Count + row, line + firstLine - 1);
            if (breaks.Count == 0 || begin.Line - breaks[^1].Line != begin.Row - breaks[^1].Row)
            {
                breaks.Add(begin);
            }
        }

        Count += other.Count;
    }

    /// <summary>The 1-based line of a row.</summary>
    public long LineOf(int row)
    {
        int low = 0;
        int high = breaks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = breaks[middle].Row <= row ? (middle, high) : (low, middle - 1);
        }

        return breaks[low].Line + row - breaks[low].Row;
    }
}
