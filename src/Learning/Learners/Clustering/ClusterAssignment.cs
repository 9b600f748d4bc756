using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Which centre each row is nearest to, and what follows from it. Sums add up block by block, so that they are the same at any thread count.</summary>
internal sealed class ClusterAssignment
{
    private readonly ClusterRows rows;
    private readonly int clusters;
    private readonly Vector512<double>[] labels;
    private readonly Vector512<double>[] distances;
    private readonly double[] blockSums;
    private readonly double[] blockWeights;
    private readonly int[] blockChanges;

    public ClusterAssignment(ClusterRows rows, int clusters)
    {
        this.rows = rows;
        this.clusters = clusters;
        labels = new Vector512<double>[rows.Panels.PanelCount];
        distances = new Vector512<double>[rows.Panels.PanelCount];
        blockSums = new double[checked(rows.BlockCount * clusters * rows.Width)];
        blockWeights = new double[rows.BlockCount * clusters];
        blockChanges = new int[rows.BlockCount];
        Array.Fill(labels, Vector512.Create(-1.0));
    }

    /// <summary>The squared distance of each row to its centre.</summary>
    public ReadOnlySpan<double> Distances => MemoryMarshal.Cast<Vector512<double>, double>(distances)[..rows.Count];

    /// <summary>Assigns every row anew, of equally near centres to the first.</summary>
    /// <returns>How many rows changed their cluster.</returns>
    public int Assign(double[] centers)
    {
        (double[] factors, double[] squares) = RowPanels.Prepare(centers, rows.Width, clusters);
        rows.RunBlocks((block, first, end) =>
        {
            blockChanges[block] = AssignPanels(factors, squares, first, end);
            AddUp(block, first, end);
        });
        return blockChanges.Sum();
    }

    /// <summary>Weighted sum of the squared distances.</summary>
    public double Inertia() => Vectors.Dot(Distances, rows.Weights);

    /// <summary>The mean of each cluster's rows, and its weight; a cluster without rows has weight 0.</summary>
    public (double[] Centers, double[] Weights) Means()
    {
        double[] sums = new double[clusters * rows.Width];
        double[] weights = new double[clusters];
        for (int block = 0; block < blockChanges.Length; block++)
        {
            Vectors.AddScaled(sums, 1, blockSums.AsSpan(block * sums.Length, sums.Length));
            Vectors.AddScaled(weights, 1, blockWeights.AsSpan(block * clusters, clusters));
        }

        for (int index = 0; index < sums.Length; index++)
        {
            double weight = weights[index / rows.Width];
            sums[index] = weight > 0 ? sums[index] / weight : 0;
        }

        return (sums, weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AssignPanels(double[] factors, double[] squares, int first, int end)
    {
        Span<Vector512<double>> measured = stackalloc Vector512<double>[RowPanels.Points];
        int changes = 0;
        for (int panel = first; panel < end; panel++)
        {
            rows.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<Vector512<double>> values = rows.Panels.Panel(panel);
            Vector512<double> best = Vector512.Create(double.PositiveInfinity);
            Vector512<double> nearest = Vector512<double>.Zero;
            for (int cluster = 0; cluster < squares.Length; cluster += RowPanels.Points)
            {
                RowPanels.Measure(values, factors.AsSpan(cluster * values.Length, RowPanels.Points * values.Length), squares.AsSpan(cluster, RowPanels.Points), measured);
                for (int point = 0; point < measured.Length; point++)
                {
                    Vector512<double> isNearer = Vector512.LessThan(measured[point], best);
                    best = Vector512.ConditionalSelect(isNearer, measured[point], best);
                    nearest = Vector512.ConditionalSelect(isNearer, Vector512.Create((double)(cluster + point)), nearest);
                }
            }

            int taken = Math.Min(RowPanels.Lanes, rows.Count - (panel * RowPanels.Lanes));
            ulong kept = Vector512.Equals(nearest, labels[panel]).ExtractMostSignificantBits();
            changes += taken - BitOperations.PopCount(kept & ((1UL << taken) - 1));
            distances[panel] = Vector512.Max(best + rows.Panels.Norms[panel], Vector512<double>.Zero);
            labels[panel] = nearest;
        }

        return changes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(int block, int firstPanel, int endPanel)
    {
        int width = rows.Width;
        Span<double> sums = blockSums.AsSpan(block * clusters * width, clusters * width);
        Span<double> totals = blockWeights.AsSpan(block * clusters, clusters);
        ReadOnlySpan<double> names = MemoryMarshal.Cast<Vector512<double>, double>(labels);
        sums.Clear();
        totals.Clear();
        for (int row = firstPanel * RowPanels.Lanes; row < Math.Min(endPanel * RowPanels.Lanes, rows.Count); row++)
        {
            int cluster = (int)names[row];
            double weight = rows.Weights[row];
            int lane = row % RowPanels.Lanes;
            ReadOnlySpan<double> values = rows.Panels.PanelValues(row / RowPanels.Lanes);
            Span<double> own = sums.Slice(cluster * width, width);
            totals[cluster] += weight;
            for (int feature = 0; feature < own.Length; feature++)
            {
                own[feature] += weight * values[lane + (feature * RowPanels.Lanes)];
            }
        }
    }
}
