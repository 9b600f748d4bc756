namespace Trainyard.Learning.Data.Ranges;

/// <summary>Puts stretches of a file together to ranges of a certain size.</summary>
/// <param name="rangeBytes">Bytes of a range at most, unless one stretch alone has more.</param>
internal sealed class RangeList(int rangeBytes)
{
    private readonly List<RowRange> closed = [];
    private RowRange open = new(0, 0, 1, 0);

    /// <summary>Rows of all.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds the stretch behind the last.</summary>
    /// <param name="start">Where it begins in the file.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="rows">Rows in it; may be none.</param>
    public void Add(long start, int bytes, int rows)
    {
        bool fits = start == open.Start + open.Bytes && (long)open.Bytes + bytes <= rangeBytes;
        if (rows == 0 && !fits)
        {
            // Blank lines, which nobody misses.
            return;
        }

        if (open.Rows == 0 || !fits)
        {
            Close(open);
            open = new RowRange(start, 0, Rows + 1, 0);
        }

        open = open with { Bytes = open.Bytes + bytes, Rows = open.Rows + rows };
        Rows += rows;
    }

    /// <summary>The ranges, in order.</summary>
    public IReadOnlyList<RowRange> ToList()
    {
        Close(open);
        open = default;
        return closed;
    }

    private void Close(RowRange range)
    {
        if (range.Rows > 0)
        {
            closed.Add(range);
        }
    }
}
