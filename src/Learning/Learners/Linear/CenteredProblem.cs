using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>A weighted least-squares problem with the means taken out, so that the intercept falls away.</summary>
internal sealed class CenteredProblem
{
    private readonly double[] means;
    private readonly double labelMean;

    public CenteredProblem(DenseFeatures features, double[] labels, double[] weights)
    {
        Features = features;
        double total = Vectors.Sum(weights);
        labelMean = Vectors.Dot(labels, weights) / total;
        means = new double[features.FeatureCount];
        features.MultiplyTransposed(weights, means, 0);
        for (int feature = 0; feature < means.Length; feature++)
        {
            means[feature] /= total;
        }

        Columns = new double[means.Length][];
        Residuals = new double[labels.Length];
        double[] roots = Array.ConvertAll(weights, Math.Sqrt);
        features.Run(means.Length, feature => Columns[feature] = Scale(features.Column(feature), means[feature], roots));
        Residuals = Scale(labels, labelMean, roots);
    }

    public DenseFeatures Features { get; }

    /// <summary>Each feature, centred and multiplied by the square root of the row's weight.</summary>
    public double[][] Columns { get; }

    /// <summary>The labels, likewise; a solver may turn them into residuals.</summary>
    public double[] Residuals { get; }

    /// <summary>The intercept that belongs to <paramref name="slopes"/>.</summary>
    public double Intercept(double[] slopes) => labelMean - Vectors.Dot(means, slopes);

    private static double[] Scale(ReadOnlySpan<double> values, double mean, double[] roots)
    {
        double[] scaled = new double[values.Length];
        for (int row = 0; row < scaled.Length; row++)
        {
            scaled[row] = (values[row] - mean) * roots[row];
        }

        return scaled;
    }
}
