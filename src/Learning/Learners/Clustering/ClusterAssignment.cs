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
    private readonly double[] labels;
    private readonly double[] distances;
    private readonly double[] blockSums;
    private readonly double[] blockWeights;
    private readonly int[] blockChanges;

    public ClusterAssignment(ClusterRows rows, int clusters)
    {
        this.rows = rows;
        this.clusters = clusters;
        labels = new double[rows.Count];
        distances = new double[rows.Count];
        blockSums = new double[rows.Features.BlockCount * clusters * rows.Width];
        blockWeights = new double[rows.Features.BlockCount * clusters];
        blockChanges = new int[rows.Features.BlockCount];
        Array.Fill(labels, -1);
    }

    /// <summary>The cluster of each row, as a number.</summary>
    public ReadOnlySpan<double> Labels => labels;

    /// <summary>The squared distance of each row to its centre.</summary>
    public ReadOnlySpan<double> Distances => distances;

    /// <summary>Assigns every row anew.</summary>
    /// <returns>How many rows changed their cluster.</returns>
    public int Assign(double[] centers)
    {
        rows.Features.RunBlocks((first, count) => AssignBlock(centers, first, count));
        return blockChanges.Sum();
    }

    /// <summary>Weighted sum of the squared distances.</summary>
    public double Inertia() => Vectors.Dot(distances, rows.Weights);

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

    private void AssignBlock(double[] centers, int first, int count)
    {
        double[] scratch = new double[rows.Width];
        double[] measured = new double[count];
        double[] nearest = new double[count];
        Span<double> best = distances.AsSpan(first, count);
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            rows.Measure(first, centers.AsSpan(cluster * rows.Width, rows.Width), scratch, measured);
            if (cluster == 0)
            {
                measured.CopyTo(best);
            }
            else
            {
                Keep(measured, cluster, best, nearest);
            }
        }

        int changes = 0;
        for (int index = 0; index < count; index++)
        {
            best[index] = Math.Max(best[index] + rows.Norms[first + index], 0);
            changes += nearest[index] == labels[first + index] ? 0 : 1;
            labels[first + index] = nearest[index];
        }

        int block = DenseFeatures.BlockOf(first);
        blockChanges[block] = changes;
        AddUp(block, first, count);
    }

    /// <summary>Keeps the lower of two distances, of equals the earlier cluster's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Keep(ReadOnlySpan<double> measured, int cluster, Span<double> best, Span<double> nearest)
    {
        ReadOnlySpan<Vector256<double>> news = MemoryMarshal.Cast<double, Vector256<double>>(measured);
        Span<Vector256<double>> bests = MemoryMarshal.Cast<double, Vector256<double>>(best)[..news.Length];
        Span<Vector256<double>> names = MemoryMarshal.Cast<double, Vector256<double>>(nearest)[..news.Length];
        Vector256<double> name = Vector256.Create((double)cluster);
        for (int index = 0; index < news.Length; index++)
        {
            Vector256<double> isNearer = Vector256.LessThan(news[index], bests[index]);
            bests[index] = Vector256.ConditionalSelect(isNearer, news[index], bests[index]);
            names[index] = Vector256.ConditionalSelect(isNearer, name, names[index]);
        }

        for (int index = news.Length * Vector256<double>.Count; index < measured.Length; index++)
        {
            if (measured[index] < best[index])
            {
                (best[index], nearest[index]) = (measured[index], cluster);
            }
        }
    }

    private void AddUp(int block, int first, int count)
    {
        Span<double> sums = blockSums.AsSpan(block * clusters * rows.Width, clusters * rows.Width);
        Span<double> weights = blockWeights.AsSpan(block * clusters, clusters);
        sums.Clear();
        weights.Clear();
        for (int row = first; row < first + count; row++)
        {
            weights[(int)labels[row]] += rows.Weights[row];
        }

        for (int feature = 0; feature < rows.Width; feature++)
        {
            ReadOnlySpan<double> column = rows.Matrix.Column(feature);
            for (int row = first; row < first + count; row++)
            {
                sums[((int)labels[row] * rows.Width) + feature] += rows.Weights[row] * column[row];
            }
        }
    }
}
