using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>One run of mini-batch k-means, for one thread.</summary>
internal sealed class MiniBatches(ClusterRows rows, int clusters, int batchRows, int passes)
{
    /// <summary>Rows to draw the start from, in batches (scikit-learn's init_size).</summary>
    private const int StartBatches = 3;

    /// <summary>Batches without improvement after which a run ends (scikit-learn's max_no_improvement).</summary>
    private const int Patience = 10;

    /// <summary>Centres, where the rows are moved to.</summary>
    public double[] Run(DeterministicRandom random, CancellationToken cancellationToken)
    {
        double[] centers = Start(random);
        double[] seen = new double[clusters];
        int size = Math.Min(batchRows, rows.Count);
        ClusterRows batch = rows.NewBatch(size);
        ClusterAssignment assignment = new(batch, rows.Width == 0 ? 1 : clusters);
        long batches = Math.Max(1, (long)passes * rows.Count / size);
        double share = Math.Min(1, 2.0 * size / (rows.Count + 1));
        double smoothed = double.NaN;
        double least = double.PositiveInfinity;
        int idle = 0;
        for (long index = 0; index < batches && idle < Patience; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Take(rows, DrawRows(size, random));
            double distance = Move(centers, seen, assignment) / size;

            // The first batch measures the start, not what was learned.
            smoothed = index switch
            {
                0 => double.NaN,
                1 => distance,
                _ => (smoothed * (1 - share)) + (distance * share),
            };
            idle = index > 0 && !(smoothed < least) ? idle + 1 : 0;
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

        ClusterRows some = rows.NewBatch(wanted);
        some.Take(rows, DrawRows(wanted, random));
        return new KMeansSeeding(Array.Exists(some.Weights, weight => weight > 0) ? some : rows, random).Draw(clusters);
    }

    private int[] DrawRows(int count, DeterministicRandom random)
    {
        int[] drawn = new int[count];
        for (int index = 0; index < count; index++)
        {
            drawn[index] = random.NextInt(rows.Count);
        }

        return drawn;
    }

    /// <summary>
    /// Moves each centre to the mean of all rows that it has seen, the batch's included, which is where drawing it nearer by each row in turn
    /// would end; returns the sum of the weighted squared distances before.
    /// </summary>
    private static double Move(double[] centers, double[] seen, ClusterAssignment assignment)
    {
        assignment.Assign(centers);
        (double[] means, double[] weights) = assignment.Means();
        int width = means.Length / weights.Length;
        for (int cluster = 0; cluster < weights.Length; cluster++)
        {
            seen[cluster] += weights[cluster];
            for (int place = cluster * width; place < (cluster + 1) * width && weights[cluster] > 0; place++)
            {
                centers[place] += weights[cluster] / seen[cluster] * (means[place] - centers[place]);
            }
        }

        return assignment.Inertia();
    }
}
