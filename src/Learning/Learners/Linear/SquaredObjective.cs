using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>(½ Σ wᵢ (yᵢ - xᵢβ - b)² + λ/2 Σ β²) / Σ wᵢ: ridge regression where there are too many features for a factorisation.</summary>
internal sealed class SquaredObjective : ISmoothObjective
{
    private readonly DenseFeatures features;
    private readonly double[] labels;
    private readonly double[] weights;
    private readonly double totalWeight;
    private readonly double l2;
    private readonly double[] residuals;

    public SquaredObjective(DenseFeatures features, double[] labels, double[] weights, double l2)
    {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.l2 = l2;
        totalWeight = Vectors.Sum(weights);
        residuals = new double[labels.Length];
    }

    public int Size => features.FeatureCount + 1;

    public double Evaluate(double[] point, double[] gradient)
    {
        features.Multiply(point, 0, point[^1], residuals);
        double loss = 0;
        for (int row = 0; row < residuals.Length; row++)
        {
            double error = residuals[row] - labels[row];
            loss += 0.5 * weights[row] * error * error;
            residuals[row] = weights[row] * error;
        }

        features.MultiplyTransposed(residuals, gradient, 0);
        gradient[^1] = Vectors.Sum(residuals);
        ReadOnlySpan<double> slopes = point.AsSpan(0, features.FeatureCount);
        Vectors.AddScaled(gradient.AsSpan(0, features.FeatureCount), l2, slopes);
        for (int index = 0; index < gradient.Length; index++)
        {
            gradient[index] /= totalWeight;
        }

        return (loss + (0.5 * l2 * Vectors.Dot(slopes, slopes))) / totalWeight;
    }
}
