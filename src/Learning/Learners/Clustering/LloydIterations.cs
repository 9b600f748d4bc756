namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Assigns rows to the nearest centre and moves centres to the mean of their rows, until nothing moves.</summary>
/// <remarks>Source: Lloyd, Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 1982. A cluster that loses all its rows starts again at the row farthest from its centre.</remarks>
internal static class LloydIterations
{
    /// <summary>Stops when the centres move less than this share of the features' mean variance, squared and summed (scikit-learn's tol).</summary>
    private const double Tolerance = 1e-4;

    /// <returns>The centres and the weighted sum of squared distances to them.</returns>
    public static (double[] Centers, double Inertia) Run(ClusterRows rows, double[] start, int maximumIterations, CancellationToken cancellationToken)
    {
        int clusters = rows.Width == 0 ? 1 : start.Length / rows.Width;
        ClusterAssignment assignment = new(rows, clusters);
        double[] centers = start;
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (assignment.Assign(centers) == 0)
            {
                break;
            }

            (double[] moved, double[] weights) = assignment.Means();
            Refill(rows, assignment, moved, weights);
            double shift = 0;
            for (int index = 0; index < moved.Length; index++)
            {
                shift += (moved[index] - centers[index]) * (moved[index] - centers[index]);
            }

            centers = moved;
            if (shift <= Tolerance * rows.MeanVariance)
            {
                break;
            }
        }

        assignment.Assign(centers);
        return (centers, assignment.Inertia());
    }

    private static void Refill(ClusterRows rows, ClusterAssignment assignment, double[] centers, double[] weights)
    {
        double[]? distances = null;
        for (int cluster = 0; cluster < weights.Length; cluster++)
        {
            if (weights[cluster] > 0 || rows.Width == 0)
            {
                continue;
            }

            distances ??= assignment.Distances.ToArray();
            int farthest = Array.IndexOf(distances, distances.Max());
            distances[farthest] = -1;
            rows.Panels.CopyRow(farthest, centers.AsSpan(cluster * rows.Width, rows.Width));
        }
    }
}
