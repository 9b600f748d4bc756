using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Rows to cluster: moved to their mean, for distances by way of products lose digits far from 0.</summary>
internal sealed class ClusterRows
{
    private readonly double[] means;
    private readonly double[] norms;

    public ClusterRows(FeatureMatrix matrix, double[] weights, ParallelOptions parallel)
    {
        FiniteFeatures.Check(matrix);
        Weights = weights;
        double total = Vectors.Sum(weights);
        means = new double[matrix.FeatureCount];
        double[][] moved = new double[matrix.FeatureCount][];
        for (int feature = 0; feature < moved.Length; feature++)
        {
            double mean = Vectors.Dot(matrix.Column(feature), weights) / total;
            means[feature] = mean;
            moved[feature] = Array.ConvertAll(matrix.Column(feature).ToArray(), value => value - mean);
        }

        Matrix = new FeatureMatrix(matrix.Features, moved, matrix.RowCount);
        Features = DenseFeatures.Of(Matrix, parallel);
        norms = new double[matrix.RowCount];
        foreach (double[] column in moved)
        {
            for (int row = 0; row < norms.Length; row++)
            {
                norms[row] += column[row] * column[row];
            }
        }

        MeanVariance = moved.Length == 0 ? 0 : Vectors.Dot(norms, weights) / total / moved.Length;
    }

    /// <summary>The rows, less the mean.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>The same, to multiply.</summary>
    public DenseFeatures Features { get; }

    public double[] Weights { get; }

    public int Count => norms.Length;

    public int Width => means.Length;

    /// <summary>The mean of the features' variances.</summary>
    public double MeanVariance { get; }

    /// <summary>The squared length of each row.</summary>
    public ReadOnlySpan<double> Norms => norms;

    /// <summary>Squared distances of a stretch of rows to a point, less the rows' own squared lengths.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="point">One value per feature.</param>
    /// <param name="scratch">As long as the point; overwritten.</param>
    /// <param name="distances">Receives one per row; its length is their number.</param>
    public void Measure(int first, ReadOnlySpan<double> point, Span<double> scratch, Span<double> distances)
    {
        for (int feature = 0; feature < point.Length; feature++)
        {
            scratch[feature] = -2 * point[feature];
        }

        Features.Multiply(first, scratch, Vectors.Dot(point, point), distances);
    }

    /// <summary>Centres where the rows came from.</summary>
    public double[] MoveBack(double[] centers)
    {
        double[] moved = [.. centers];
        for (int index = 0; index < moved.Length; index++)
        {
            moved[index] += means[index % means.Length];
        }

        return moved;
    }
}
