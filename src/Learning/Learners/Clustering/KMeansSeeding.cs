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
    private readonly double[] closest = new double[rows.Count];

    public double[] Draw(int clusters)
    {
        double[] centers = new double[clusters * rows.Width];
        rows.Weights.CopyTo(closest, 0);
        int first = DrawRow();
        rows.Matrix.CopyRow(first, centers.AsSpan(0, rows.Width));
        Array.Fill(closest, double.PositiveInfinity);
        Apply(centers.AsSpan(0, rows.Width).ToArray(), closest);
        int draws = 2 + (int)Math.Log(clusters);
        for (int cluster = 1; cluster < clusters; cluster++)
        {
            Add(draws).CopyTo(centers.AsSpan(cluster * rows.Width));
        }

        return centers;
    }

    private double[] Add(int draws)
    {
        double[] best = new double[rows.Width];
        double[] bestDistances = [];
        double least = double.PositiveInfinity;
        for (int draw = 0; draw < draws; draw++)
        {
            double[] candidate = new double[rows.Width];
            rows.Matrix.CopyRow(DrawRow(), candidate);
            double[] distances = [.. closest];
            double left = Apply(candidate, distances);
            if (draw == 0 || left < least)
            {
                (best, bestDistances, least) = (candidate, distances, left);
            }
        }

        bestDistances.CopyTo(closest, 0);
        return best;
    }

    /// <summary>A row drawn by its weighted distance; the last one where all distances are 0.</summary>
    private int DrawRow()
    {
        double rest = random.NextDouble() * Vectors.Sum(closest);
        int row = 0;
        while (row < closest.Length - 1 && rest >= closest[row])
        {
            rest -= closest[row++];
        }

        return row;
    }

    /// <summary>Lowers weighted squared distances to those from a new centre; returns their sum.</summary>
    private double Apply(double[] center, double[] distances)
    {
        double[] sums = new double[rows.Features.BlockCount];
        rows.Features.RunBlocks((first, count) =>
        {
            double[] measured = new double[count];
            rows.Measure(first, center, new double[rows.Width], measured);
            double sum = 0;
            for (int index = 0; index < count; index++)
            {
                double distance = rows.Weights[first + index] * Math.Max(measured[index] + rows.Norms[first + index], 0);
                double lower = Math.Min(distance, distances[first + index]);
                distances[first + index] = lower;
                sum += lower;
            }

            sums[DenseFeatures.BlockOf(first)] = sum;
        });
        return Vectors.Sum(sums);
    }
}
