using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Evenly spread rows of a table whose length shows only at its end; all rows while there are few.</summary>
/// <remarks>
/// One row of every stretch of equal length, at a place that follows no period of the data. When the room is used up, one
/// of every two rows stays and stretches double. The seed is fixed: the same rows give the same sample.
/// </remarks>
internal sealed class RowSample
{
    private const ulong Seed = 1;

    private readonly DeterministicRandom random = new(Seed);
    private readonly double[][] columns;
    private readonly int capacity;
    private long stride = 1;
    private long next;
    private long rows;

    /// <param name="columnCount">Columns of the table.</param>
    /// <param name="capacity">Rows to keep at most; even.</param>
    public RowSample(int columnCount, int capacity)
    {
        this.capacity = capacity;
        columns = new double[columnCount][];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = GC.AllocateUninitializedArray<double>(capacity);
        }
    }

    /// <summary>Rows kept.</summary>
    public int Count { get; private set; }

    /// <summary>The values of a column in the rows kept.</summary>
    public ReadOnlySpan<double> Column(int column) => columns[column].AsSpan(0, Count);

    /// <summary>Takes the next rows of the table, one array per column.</summary>
    public void Take(ReadOnlySpan<double[]> values)
    {
        int count = values[0].Length;
        for (; next < rows + count; next = (Count * stride) + random.NextInt((int)stride))
        {
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column][Count] = values[column][next - rows];
            }

            if (++Count == capacity)
            {
                Thin();
            }
        }

        rows += count;
    }

    private void Thin()
    {
        for (int kept = 0; kept < Count / 2; kept++)
        {
            int chosen = (2 * kept) + random.NextInt(2);
            foreach (double[] column in columns)
            {
                column[kept] = column[chosen];
            }
        }

        Count /= 2;
        stride *= 2;
    }
}
