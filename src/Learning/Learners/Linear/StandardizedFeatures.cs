using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Features with weighted mean 0 and standard deviation 1, and the way back to the features as they came.</summary>
/// <remarks>
/// Penalties and solvers treat all weights alike, which is fair only where features have one scale (Friedman, Hastie and
/// Tibshirani, Regularization paths for generalized linear models, JSS 33, 2010, section 2.6). Two kinds of feature stay as
/// they are: those of zeros and ones, whose scale is their meaning (Gelman, Scaling regression inputs by dividing by two
/// standard deviations, Statistics in medicine 27, 2008), and those that a feature plan has standardised already. So do
/// all features of a set that is <see cref="TrainingSet.IsOnOneScale"/>.
/// </remarks>
internal sealed class StandardizedFeatures
{
    /// <summary>A mean this near to 0, and a deviation this near to 1, are those of a standardised feature.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The gap between 1 and the next number: 2⁻⁵².</summary>
    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>Below it, a weight divided by the deviation would leave the range of numbers.</summary>
    private const double LeastDeviation = 1e-150;

    private readonly double[] means;
    private readonly double[] deviations;

    private StandardizedFeatures(DenseFeatures features, double[] means, double[] deviations)
    {
        Features = features;
        this.means = means;
        this.deviations = deviations;
    }

    /// <summary>The features to fit on.</summary>
    public DenseFeatures Features { get; }

    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static StandardizedFeatures Of(TrainingSet set, double[] weights, ParallelOptions parallel)
    {
        FeatureMatrix matrix = set.Features;
        DenseFeatures raw = DenseFeatures.Of(matrix, parallel);
        double[] centers = new double[matrix.FeatureCount];
        double[] scales = new double[matrix.FeatureCount];
        double[]?[] moved = new double[matrix.FeatureCount][];
        raw.Run(centers.Length, feature =>
        {
            ReadOnlySpan<double> column = matrix.Column(feature);
            (centers[feature], scales[feature]) = set.IsOnOneScale ? (0, 1) : Scale(column, weights);
            bool stays = centers[feature] == 0 && scales[feature] == 1;
            moved[feature] = stays ? null : Move(column, centers[feature], scales[feature]);
        });
        return new StandardizedFeatures(raw.Replace(moved), centers, scales);
    }

    /// <summary>The model over the features as they came.</summary>
    /// <param name="learner">The learner's name.</param>
    /// <param name="link">What the scores mean.</param>
    /// <param name="slopes">Row-major: the weights of the standardised features for each score; overwritten.</param>
    /// <param name="intercepts">One per score; overwritten.</param>
    public LinearModel Model(string learner, LinearLink link, double[] slopes, double[] intercepts)
    {
        for (int index = 0; index < slopes.Length; index++)
        {
            (int score, int feature) = Math.DivRem(index, means.Length);
            slopes[index] /= deviations[feature];
            intercepts[score] -= slopes[index] * means[feature];
        }

        return new LinearModel(learner, link, slopes, intercepts, means.Length);
    }

    private static (double Mean, double Deviation) Scale(ReadOnlySpan<double> column, double[] weights)
    {
        if (!column.ContainsAnyExcept(0, 1))
        {
            return (0, 1);
        }

        if (!column.ContainsAnyExcept(column[0]))
        {
            return (column[0], 1);
        }

        (double mean, double deviation) = Statistics.MeanAndDeviation(column, weights);
        bool isStandard = Math.Abs(mean) <= Rounding && Math.Abs(deviation - 1) <= Rounding;
        return isStandard ? (0, 1) : (mean, IsRounding(mean, deviation) ? 1 : deviation);
    }

    // What rounding alone makes of rows that agree wherever they have weight must not be blown up.
    private static bool IsRounding(double mean, double deviation) => deviation <= Math.Max(Math.Abs(mean) * MachineEpsilon, LeastDeviation);

    private static double[] Move(ReadOnlySpan<double> column, double mean, double deviation)
    {
        double[] moved = new double[column.Length];
        for (int row = 0; row < moved.Length; row++)
        {
            moved[row] = (column[row] - mean) / deviation;
        }

        return moved;
    }
}
