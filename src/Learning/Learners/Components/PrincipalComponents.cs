using System.Buffers;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Components;

/// <summary>The directions in which rows vary most. Immutable and thread safe.</summary>
/// <remarks>
/// Source: Jolliffe, Principal component analysis, 2002, chapter 2: the eigenvectors of the covariance matrix (divisor
/// n - 1, or the weight less 1); where there are fewer rows than features, by way of the products of the rows, whose
/// eigenvalues are the same (section 3.5). The sign of a component is chosen so that its largest entry is positive.
/// </remarks>
public sealed class PrincipalComponents
{
    /// <summary>Features at most.</summary>
    public const int MaximumFeatures = 100_000;

    /// <summary>Rows or features, whichever are fewer, at most: half a minute of decomposing one matrix of so many rows.</summary>
    public const int MaximumOrder = 2048;

    /// <summary>Numbers of all components together at most: 256 MB.</summary>
    private const int MaximumNumbers = 1 << 25;

    /// <summary>Components with a smaller share of the largest variance are rounding.</summary>
    private const double LeastShare = 1e-15;

    /// <summary>The same where they come from the products of rows, whose axes are the less exact the smaller they are.</summary>
    private const double LeastShareOfRows = 1e-10;

    /// <summary>Features up to which a row is worked on on the stack.</summary>
    private const int StackFeatures = 512;

    private readonly double[] means;
    private readonly double[][] axes;

    internal PrincipalComponents(double[] means, double[][] axes, double[] variances, double totalVariance)
    {
        this.means = means;
        this.axes = axes;
        Variances = variances;
        TotalVariance = totalVariance;
    }

    /// <summary>Features of a row.</summary>
    public int FeatureCount => means.Length;

    /// <summary>Components kept.</summary>
    public int Count => axes.Length;

    /// <summary>The variance along each component, the largest first.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>The variance of all features together.</summary>
    public double TotalVariance { get; }

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>The direction of a component: one number per feature, of length 1.</summary>
    public ReadOnlySpan<double> Axis(int component) => axes[component];

    /// <summary>Components that are kept of so many features at most.</summary>
    public static int MostFor(int featureCount) => MaximumNumbers / Math.Max(featureCount, 1);

    /// <summary>Whether a table of this size is within the bounds.</summary>
    public static bool CanFit(int rowCount, int featureCount) => featureCount <= MaximumFeatures && Math.Min(rowCount, featureCount) <= MaximumOrder;

    /// <summary>Finds as many components as explain a share of the variance, at least one where as many are left; of very many features at most <see cref="MostFor"/>.</summary>
    /// <param name="matrix">Finite numbers; at most <see cref="MaximumFeatures"/> features, and at most <see cref="MaximumOrder"/> features or rows.</param>
    /// <param name="weights">One of at least 0 per row; null when all weigh the same.</param>
    /// <param name="share">Of the variance, 0 to 1.</param>
    /// <param name="leftOut">Directions in which rows vary that are left out at least, the least first.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed throughout.</param>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c>, <c>feature_not_finite</c> or <c>too_many_features</c>.</exception>
    public static PrincipalComponents Fit(FeatureMatrix matrix, double[]? weights, double share, int leftOut, int maximumThreads, CancellationToken cancellationToken)
    {
        FiniteFeatures.Check(matrix, cancellationToken);
        if (!CanFit(matrix.RowCount, matrix.FeatureCount))
        {
            throw new LearningException("too_many_features", $"The columns make {matrix.FeatureCount} features of {matrix.RowCount} rows; principal components are found for {MaximumFeatures} features at most, and for {MaximumOrder} at most where there are more rows than that. Leave out columns, keep fewer categories, or take a sample of the rows.");
        }

        CenteredColumns columns = new(matrix, weights, maximumThreads, cancellationToken);
        bool byRows = matrix.RowCount < matrix.FeatureCount;
        double[][] products = byRows ? columns.Products(cancellationToken) : columns.Covariance(cancellationToken);
        (double[] values, double[][] vectors) = SymmetricEigen.Decompose(products, cancellationToken);
        double least = (byRows ? LeastShareOfRows : LeastShare) * (values.Length > 0 ? values[0] : 0);
        int most = Math.Min(values.Count(value => value > least) - leftOut, MostFor(matrix.FeatureCount));
        int kept = 0;
        for (double explained = 0; kept < most && (kept == 0 || explained < share * columns.TotalVariance); kept++)
        {
            explained += values[kept];
        }

        double[][] found = byRows ? columns.Axes(vectors[..kept], cancellationToken) : vectors[..kept];
        return new PrincipalComponents(columns.Means, Array.ConvertAll(found, Signed), values[..kept], columns.TotalVariance);
    }

    /// <summary>The squared distance between a row and what its components make of it; a missing value counts as the mean.</summary>
    /// <param name="row">One value per feature.</param>
    public double SquaredError(ReadOnlySpan<double> row)
    {
        if (means.Length <= StackFeatures)
        {
            Span<double> centered = stackalloc double[StackFeatures];
            return SquaredError(row, centered[..means.Length]);
        }

        double[] rented = ArrayPool<double>.Shared.Rent(means.Length);
        double error = SquaredError(row, rented.AsSpan(0, means.Length));
        ArrayPool<double>.Shared.Return(rented);
        return error;
    }

    private double SquaredError(ReadOnlySpan<double> row, Span<double> centered)
    {
        for (int feature = 0; feature < means.Length; feature++)
        {
            double value = row[feature] - means[feature];
            centered[feature] = double.IsNaN(value) ? 0 : value;
        }

        // The parts are taken away one by one, for the difference of two large squares would drown a small error.
        foreach (double[] axis in axes)
        {
            Vectors.AddScaled(centered, -Vectors.Dot(centered, axis), axis);
        }

        return Vectors.Dot(centered, centered);
    }

    /// <summary>A row in the coordinates of the components.</summary>
    /// <param name="row">One finite value per feature.</param>
    /// <param name="scores">Receives <see cref="Count"/> values.</param>
    public void Transform(ReadOnlySpan<double> row, Span<double> scores)
    {
        for (int component = 0; component < axes.Length; component++)
        {
            double sum = 0;
            for (int feature = 0; feature < means.Length; feature++)
            {
                sum += axes[component][feature] * (row[feature] - means[feature]);
            }

            scores[component] = sum;
        }
    }

    private static double[] Signed(double[] axis)
    {
        double largest = axis.MaxBy(Math.Abs);
        return largest < 0 ? Array.ConvertAll(axis, value => -value) : axis;
    }
}
