using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>Chooses evenly spread rows of a table whose length shows only at its end; all rows while there are few.</summary>
/// <remarks>
/// One row of every stretch of equal length, at a place that follows no period of the data. When the room is used up, one
/// of every two rows stays and stretches double. The seed is fixed: the same rows give the same sample, whatever the pieces.
/// </remarks>
/// <param name="capacity">Rows to keep at most; even.</param>
/// <param name="keep">Told which of the rows just taken to keep, counted from 0 in each piece, ascending.</param>
/// <param name="thin">Told which of the rows kept to keep on keeping, ascending.</param>
internal sealed class RowSample(int capacity, Action<int[]> keep, Action<int[]> thin)
{
    private const ulong Seed = 1;

    private readonly DeterministicRandom random = new(Seed);
    private readonly List<int> chosen = [];
    private long stride = 1;
    private long next;
    private long rows;

    /// <summary>Rows kept.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next rows of the table.</summary>
    public void Take(int count)
    {
        while (next < rows + count)
        {
            chosen.Add((int)(next - rows));
            if (++Count == capacity)
            {
                Flush();
                Halve();
            }
            else
            {
                next = (Count * stride) + random.NextInt((int)stride);
            }
        }

        Flush();
        rows += count;
    }

    /// <summary>Lets go of one of every two rows.</summary>
    public void Halve()
    {
        int[] kept = new int[(Count + 1) / 2];
        for (int pair = 0; pair < kept.Length; pair++)
        {
            kept[pair] = Math.Min((2 * pair) + random.NextInt(2), Count - 1);
        }

        thin(kept);
        Count = kept.Length;
        stride *= 2;

        // The stretch that is under way may reach back behind rows that were taken.
        next = Math.Max(rows, (Count * stride) + random.NextInt((int)stride));
    }

    private void Flush()
    {
        if (chosen.Count > 0)
        {
            keep([.. chosen]);
            chosen.Clear();
        }
    }
}
