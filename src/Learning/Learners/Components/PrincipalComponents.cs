using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Components;

/// <summary>The directions in which rows vary most. Immutable and thread safe.</summary>
/// <remarks>
/// Source: Jolliffe, Principal component analysis, 2002, chapter 2: the eigenvectors of the covariance matrix (divisor
/// n - 1, or the weight less 1). The sign of a component is chosen so that its largest entry is positive.
/// </remarks>
public sealed class PrincipalComponents
{
    /// <summary>Features at most: some seconds of rotations.</summary>
    public const int MaximumFeatures = 512;

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

    /// <summary>Finds as many components as explain a share of the variance, at least one where anything varies.</summary>
    /// <param name="matrix">Finite numbers; at most <see cref="MaximumFeatures"/> features.</param>
    /// <param name="weights">One of at least 0 per row; null when all weigh the same.</param>
    /// <param name="share">Of the variance, 0 to 1.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed throughout.</param>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c>, <c>feature_not_finite</c> or <c>too_many_features</c>.</exception>
    public static PrincipalComponents Fit(FeatureMatrix matrix, double[]? weights, double share, int maximumThreads, CancellationToken cancellationToken)
    {
        FiniteFeatures.Check(matrix);
        if (matrix.FeatureCount > MaximumFeatures)
        {
            throw new LearningException("too_many_features", $"The columns make {matrix.FeatureCount} features; principal components are found for {MaximumFeatures} at most. Leave out columns, or keep fewer categories.");
        }

        Covariance covariance = Covariance.Of(matrix, weights, maximumThreads, cancellationToken);
        double total = Enumerable.Range(0, covariance.Matrix.Length).Sum(index => covariance.Matrix[index][index]);
        (double[] values, double[][] vectors) = SymmetricEigen.Decompose(covariance.Matrix, cancellationToken);
        int kept = 0;
        for (double explained = 0; kept < values.Length && values[kept] > 0 && (kept == 0 || explained < share * total); kept++)
        {
            explained += values[kept];
        }

        return new PrincipalComponents(covariance.Means, [.. vectors.Take(kept).Select(Signed)], values[..kept], total);
    }

    /// <summary>The squared distance between a row and what its components make of it; a missing value counts as the mean.</summary>
    /// <param name="row">One value per feature.</param>
    public double SquaredError(ReadOnlySpan<double> row)
    {
        Span<double> centered = stackalloc double[MaximumFeatures];
        centered = centered[..means.Length];
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
