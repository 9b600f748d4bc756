using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Components;

/// <summary>Columns less their weighted mean, each row times the root of its weight: what covariances are the products of.</summary>
internal sealed class CenteredColumns
{
    private readonly double[][] columns;
    private readonly int rowCount;
    private readonly int maximumThreads;

    /// <exception cref="LearningException"><c>feature_not_finite</c>: a feature varies so much that its variance is no number.</exception>
    public CenteredColumns(FeatureMatrix matrix, double[]? weights, int maximumThreads, CancellationToken cancellationToken)
    {
        this.maximumThreads = maximumThreads;
        rowCount = matrix.RowCount;
        columns = new double[matrix.FeatureCount][];
        Means = new double[columns.Length];
        double total = weights is null ? rowCount : Vectors.Sum(weights);
        double[]? roots = weights is null ? null : Array.ConvertAll(weights, Math.Sqrt);
        double[] squares = new double[columns.Length];
        ParallelWork.For(columns.Length, maximumThreads, cancellationToken, feature =>
        {
            ReadOnlySpan<double> column = matrix.Column(feature);
            double mean = (weights is null ? Vectors.Sum(column) : Vectors.Dot(column, weights)) / total;
            double[] centered = new double[rowCount];
            for (int row = 0; row < centered.Length; row++)
            {
                centered[row] = (column[row] - mean) * (roots?[row] ?? 1);
            }

            (columns[feature], Means[feature], squares[feature]) = (centered, mean, Vectors.Dot(centered, centered));
        });
        Divisor = total > 1 ? total - 1 : 1;
        TotalVariance = Vectors.Sum(squares) / Divisor;
        int wild = Array.FindIndex(squares, square => !double.IsFinite(square));
        if (wild >= 0 || !double.IsFinite(TotalVariance))
        {
            throw FiniteFeatures.TooWide(matrix.Features[Math.Max(wild, 0)]);
        }
    }

    /// <summary>One per feature.</summary>
    public double[] Means { get; }

    /// <summary>What sums of products are divided by: the weight less 1.</summary>
    public double Divisor { get; }

    /// <summary>The variances of all features together.</summary>
    public double TotalVariance { get; }

    /// <summary>Covariances of the features: symmetric, row by row.</summary>
    public double[][] Covariance(CancellationToken cancellationToken)
    {
        double[][] products = Square(columns.Length);
        ParallelWork.For(columns.Length, maximumThreads, cancellationToken, first =>
        {
            for (int second = 0; second <= first; second++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                products[first][second] = Vectors.Dot(columns[first], columns[second]) / Divisor;
            }
        });
        return Mirror(products);
    }

    /// <summary>Products of the rows, which have the same eigenvalues as the covariances: symmetric, row by row.</summary>
    public double[][] Products(CancellationToken cancellationToken)
    {
        double[][] products = Square(rowCount);
        ParallelWork.For(rowCount, maximumThreads, cancellationToken, first =>
        {
            foreach (double[] column in columns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Vectors.AddScaled(products[first].AsSpan(0, first + 1), column[first] / Divisor, column.AsSpan(0, first + 1));
            }
        });
        return Mirror(products);
    }

    /// <summary>The axes that eigenvectors of <see cref="Products"/> belong to: Xᵀ u, of length 1.</summary>
    public double[][] Axes(double[][] vectors, CancellationToken cancellationToken)
    {
        double[][] axes = new double[vectors.Length][];
        ParallelWork.For(axes.Length, maximumThreads, cancellationToken, index =>
        {
            double[] axis = new double[columns.Length];
            for (int feature = 0; feature < axis.Length; feature++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                axis[feature] = Vectors.Dot(columns[feature], vectors[index]);
            }

            double length = Math.Sqrt(Vectors.Dot(axis, axis));
            axes[index] = Array.ConvertAll(axis, value => value / length);
        });
        return axes;
    }

    private static double[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    private static double[][] Mirror(double[][] lower)
    {
        for (int row = 0; row < lower.Length; row++)
        {
            for (int column = row + 1; column < lower.Length; column++)
            {
                lower[row][column] = lower[column][row];
            }
        }

        return lower;
    }
}
