using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Metrics;

/// <summary>How much nearer rows are to their own cluster than to the next.</summary>
/// <remarks>
/// (b - a) / max(a, b), where a is a row's mean distance to the others of its cluster and b the least mean distance to
/// another cluster; 0 for a row alone in its cluster. Source: Rousseeuw, Silhouettes, Journal of Computational and Applied
/// Mathematics 20, 1987. Time grows with the square of the rows, so of many rows a random part is taken.
/// </remarks>
public static class Silhouette
{
    /// <summary>Rows compared at most: some hundred milliseconds.</summary>
    public const int MaximumRows = 2000;

    private const ulong SampleSeed = 1;

    /// <summary>The mean over the rows.</summary>
    /// <param name="values">Row-major, <paramref name="width"/> values per row.</param>
    /// <param name="width">Features of a row.</param>
    /// <param name="clusters">The cluster of each row, from 0.</param>
    /// <returns>-1 to 1, or null when the rows are all in one cluster.</returns>
    public static double? Mean(ReadOnlySpan<double> values, int width, ReadOnlySpan<int> clusters)
    {
        int[] rows = [.. Enumerable.Range(0, clusters.Length)];
        if (rows.Length > MaximumRows)
        {
            new DeterministicRandom(SampleSeed).Shuffle(rows);
            rows = rows[..MaximumRows];
        }

        int count = 0;
        foreach (int row in rows)
        {
            count = Math.Max(count, clusters[row] + 1);
        }

        int[] sizes = new int[count];
        foreach (int row in rows)
        {
            sizes[clusters[row]]++;
        }

        if (sizes.Count(size => size > 0) < 2)
        {
            return null;
        }

        double total = 0;
        double[] sums = new double[count];
        foreach (int row in rows)
        {
            Array.Clear(sums);
            foreach (int other in rows)
            {
                sums[clusters[other]] += Distance(values.Slice(row * width, width), values.Slice(other * width, width));
            }

            total += Of(sums, sizes, clusters[row]);
        }

        return total / rows.Length;
    }

    private static double Of(double[] sums, int[] sizes, int own)
    {
        if (sizes[own] == 1)
        {
            return 0;
        }

        double inside = sums[own] / (sizes[own] - 1);
        double outside = double.PositiveInfinity;
        for (int cluster = 0; cluster < sums.Length; cluster++)
        {
            if (cluster != own && sizes[cluster] > 0)
            {
                outside = Math.Min(outside, sums[cluster] / sizes[cluster]);
            }
        }

        double larger = Math.Max(inside, outside);
        return larger > 0 ? (outside - inside) / larger : 0;
    }

    private static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int index = 0; index < first.Length; index++)
        {
            double difference = first[index] - second[index];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }
}
