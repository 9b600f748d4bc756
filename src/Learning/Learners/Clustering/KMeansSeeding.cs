using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>First centres that lie far apart: k-means++.</summary>
/// <remarks>
/// Source: Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007, in the greedy form of its
/// section 7: of 2 + ln k draws by squared distance, the one that leaves the least is kept.
/// </remarks>
internal sealed class KMeansSeeding(ClusterRows rows, DeterministicRandom random)
{
    private readonly double[] shares = new double[rows.Count];
    private Vector512<double>[] closest = new Vector512<double>[rows.Panels.PanelCount];

    public double[] Draw(int clusters)
    {
        double[] centers = new double[clusters * rows.Width];
        Sum(rows.Weights);
        Array.Fill(closest, Vector512.Create(double.PositiveInfinity));
        Add(1).CopyTo(centers.AsSpan());
        int draws = 2 + (int)Math.Log(clusters);
        for (int cluster = 1; cluster < clusters; cluster++)
        {
            Sum(MemoryMarshal.Cast<Vector512<double>, double>(closest)[..rows.Count]);
            Add(draws).CopyTo(centers.AsSpan(cluster * rows.Width));
        }

        return centers;
    }

    /// <summary>Draws some rows and keeps the one that leaves the least distance; of equals the first.</summary>
    private double[] Add(int draws)
    {
        double[] candidates = new double[draws * rows.Width];
        for (int draw = 0; draw < draws; draw++)
        {
            rows.Panels.CopyRow(DrawRow(), candidates.AsSpan(draw * rows.Width, rows.Width));
        }

        Vector512<double>[][] lowered = [.. Enumerable.Range(0, draws).Select(_ => new Vector512<double>[closest.Length])];
        Vector512<double>[] sums = new Vector512<double>[draws * rows.BlockCount];
        (double[] factors, double[] squares) = RowPanels.Prepare(candidates, rows.Width, draws);
        rows.RunBlocks((block, first, end) => Lower(factors, squares, lowered, first, end, sums.AsSpan(block * draws, draws)));
        int best = 0;
        double least = double.PositiveInfinity;
        for (int draw = 0; draw < draws; draw++)
        {
            double left = 0;
            for (int block = 0; block < rows.BlockCount; block++)
            {
                left += Vectors.Sum(MemoryMarshal.Cast<Vector512<double>, double>(sums.AsSpan((block * draws) + draw, 1)));
            }

            (best, least) = left < least ? (draw, left) : (best, least);
        }

        closest = lowered[best];
        return candidates.AsSpan(best * rows.Width, rows.Width).ToArray();
    }

    /// <summary>A row drawn by its share; the last one where all are 0.</summary>
    private int DrawRow()
    {
        double wanted = random.NextDouble() * shares[^1];
        int low = 0;
        int high = shares.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = shares[middle] > wanted ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int row = 0; row < shares.Length; row++)
        {
            sum += values[row];
            shares[row] = sum;
        }
    }

    /// <summary>Lowers weighted squared distances to those from each candidate; sums them up. Places without a row weigh 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lower(double[] factors, double[] squares, Vector512<double>[][] lowered, int first, int end, Span<Vector512<double>> sums)
    {
        Span<Vector512<double>> measured = stackalloc Vector512<double>[RowPanels.Points];
        Span<double> weights = stackalloc double[RowPanels.Lanes];
        for (int panel = first; panel < end; panel++)
        {
            ReadOnlySpan<Vector512<double>> values = rows.Panels.Panel(panel);
            int taken = Math.Min(RowPanels.Lanes, rows.Count - (panel * RowPanels.Lanes));
            weights.Clear();
            rows.Weights.AsSpan(panel * RowPanels.Lanes, taken).CopyTo(weights);
            Vector512<double> weight = Vector512.Create<double>(weights);
            for (int group = 0; group < squares.Length; group += RowPanels.Points)
            {
                RowPanels.Measure(values, factors.AsSpan(group * values.Length, RowPanels.Points * values.Length), squares.AsSpan(group, RowPanels.Points), measured);
                for (int point = group; point < Math.Min(group + RowPanels.Points, lowered.Length); point++)
                {
                    Vector512<double> distance = weight * Vector512.Max(measured[point - group] + rows.Panels.Norms[panel], Vector512<double>.Zero);
                    Vector512<double> lower = Vector512.Min(distance, closest[panel]);
                    lowered[point][panel] = lower;
                    sums[point] += lower;
                }
            }
        }
    }
}
