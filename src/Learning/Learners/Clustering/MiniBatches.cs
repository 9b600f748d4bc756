using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>One run of mini-batch k-means.</summary>
internal sealed class MiniBatches(ClusterRows rows, int clusters, int batchRows, int passes, ParallelOptions parallel)
{
    /// <summary>Rows to draw the start from, in batches (scikit-learn's init_size).</summary>
    private const int StartBatches = 3;

    /// <summary>Batches without improvement after which a run ends (scikit-learn's max_no_improvement).</summary>
    private const int Patience = 10;

    private readonly double[] row = new double[rows.Width];

    public double[] Run(DeterministicRandom random)
    {
        double[] centers = Start(random);
        double[] seen = new double[clusters];
        int size = Math.Min(batchRows, rows.Count);
        long batches = Math.Max(1, (long)passes * rows.Count / size);
        double share = Math.Min(1, 2.0 * size / (rows.Count + 1));
        double smoothed = double.NaN;
        double least = double.PositiveInfinity;
        int idle = 0;
        for (long batch = 0; batch < batches && idle < Patience; batch++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            double distance = Take(centers, seen, size, random) / size;

            // The first batch measures the start, not what was learned.
            smoothed = batch switch
            {
                0 => double.NaN,
                1 => distance,
                _ => (smoothed * (1 - share)) + (distance * share),
            };
            idle = batch > 0 && !(smoothed < least) ? idle + 1 : 0;
            least = smoothed < least ? smoothed : least;
        }

        return centers;
    }

    private double[] Start(DeterministicRandom random)
    {
        int wanted = Math.Max(StartBatches * batchRows, StartBatches * clusters);
        if (wanted >= rows.Count)
        {
            return new KMeansSeeding(rows, random).Draw(clusters);
        }

        int[] sample = [.. Enumerable.Range(0, wanted).Select(_ => random.NextInt(rows.Count))];
        double[] weights = Array.ConvertAll(sample, index => rows.Weights[index]);
        if (!Array.Exists(weights, weight => weight > 0))
        {
            return new KMeansSeeding(rows, random).Draw(clusters);
        }

        ClusterRows some = new(rows.Matrix.SelectRows(sample), weights, parallel);
        return some.MoveBack(new KMeansSeeding(some, random).Draw(clusters));
    }

    /// <summary>Draws a batch and moves centres; returns the sum of the weighted squared distances before.</summary>
    private double Take(double[] centers, double[] seen, int size, DeterministicRandom random)
    {
        int[] drawn = new int[size];
        int[] nearest = new int[size];
        double sum = 0;
        for (int index = 0; index < size; index++)
        {
            drawn[index] = random.NextInt(rows.Count);
            rows.Matrix.CopyRow(drawn[index], row);
            (nearest[index], double distance) = Nearest(centers);
            sum += rows.Weights[drawn[index]] * distance;
        }

        for (int index = 0; index < size; index++)
        {
            double weight = rows.Weights[drawn[index]];
            int cluster = nearest[index];
            seen[cluster] += weight;
            if (weight > 0)
            {
                rows.Matrix.CopyRow(drawn[index], row);
                Span<double> center = centers.AsSpan(cluster * rows.Width, rows.Width);
                for (int feature = 0; feature < row.Length; feature++)
                {
                    center[feature] += weight / seen[cluster] * (row[feature] - center[feature]);
                }
            }
        }

        return sum;
    }

    private (int Cluster, double Distance) Nearest(double[] centers)
    {
        (int Cluster, double Distance) best = (0, double.PositiveInfinity);
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            double distance = Vectors.SquaredDistance(row, centers.AsSpan(cluster * rows.Width, rows.Width));
            if (distance < best.Distance)
            {
                best = (cluster, distance);
            }
        }

        return best;
    }
}
