using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Components;

/// <summary>Means and covariances of features.</summary>
/// <param name="Means">One per feature.</param>
/// <param name="Matrix">Symmetric, row by row; divisor: the weight less 1.</param>
internal sealed record Covariance(double[] Means, double[][] Matrix)
{
    public static Covariance Of(FeatureMatrix matrix, double[]? weights, int maximumThreads, CancellationToken cancellationToken)
    {
        int width = matrix.FeatureCount;
        double[] means = new double[width];
        double[][] centered = new double[width][];
        double total = weights is null ? matrix.RowCount : Vectors.Sum(weights);
        ParallelWork.For(width, maximumThreads, cancellationToken, feature =>
        {
            ReadOnlySpan<double> column = matrix.Column(feature);
            means[feature] = (weights is null ? Vectors.Sum(column) : Vectors.Dot(column, weights)) / total;
            centered[feature] = new double[column.Length];
            for (int row = 0; row < column.Length; row++)
            {
                centered[feature][row] = (column[row] - means[feature]) * Math.Sqrt(weights?[row] ?? 1);
            }
        });
        double divisor = total > 1 ? total - 1 : 1;
        double[][] products = [.. Enumerable.Range(0, width).Select(_ => new double[width])];
        ParallelWork.For(width, maximumThreads, cancellationToken, first =>
        {
            for (int second = 0; second <= first; second++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                products[first][second] = Vectors.Dot(centered[first], centered[second]) / divisor;
            }
        });
        for (int first = 0; first < width; first++)
        {
            for (int second = first + 1; second < width; second++)
            {
                products[first][second] = products[second][first];
            }
        }

        return new Covariance(means, products);
    }
}
