namespace Trainyard.Learning.Learners.Linear;

/// <summary>The penalised negative log-likelihood of classes, divided by the total weight.</summary>
/// <remarks>
/// (Σ wᵢ ln(1 / p(yᵢ | xᵢ)) + λ/2 Σ β²) / Σ wᵢ; intercepts are not penalised. Two classes have one weight vector, more
/// have one each. Source: Hastie, Tibshirani and Friedman, The elements of statistical learning, 2009, section 4.4.
/// Variables: the weights of each class, then its intercept.
/// </remarks>
internal sealed class LogisticObjective : ISmoothObjective
{
    private readonly DenseFeatures features;
    private readonly double[] labels;
    private readonly double[] weights;
    private readonly double totalWeight;
    private readonly double l2;
    private readonly double[][] scores;

    public LogisticObjective(DenseFeatures features, double[] labels, double[] weights, int classCount, double l2)
    {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.l2 = l2;
        totalWeight = Vectors.Sum(weights);
        scores = new double[classCount == 2 ? 1 : classCount][];
        for (int index = 0; index < scores.Length; index++)
        {
            scores[index] = new double[labels.Length];
        }
    }

    public int Size => scores.Length * Stride;

    private int Stride => features.FeatureCount + 1;

    public double Evaluate(double[] point, double[] gradient)
    {
        for (int index = 0; index < scores.Length; index++)
        {
            features.Multiply(point, index * Stride, point[(index * Stride) + features.FeatureCount], scores[index]);
        }

        double loss = scores.Length == 1 ? BinaryResiduals() : SoftmaxResiduals();
        for (int index = 0; index < scores.Length; index++)
        {
            int start = index * Stride;
            features.MultiplyTransposed(scores[index], gradient, start);
            gradient[start + features.FeatureCount] = Vectors.Sum(scores[index]);
            Span<double> own = gradient.AsSpan(start, features.FeatureCount);
            ReadOnlySpan<double> slopes = point.AsSpan(start, features.FeatureCount);
            Vectors.AddScaled(own, l2, slopes);
            loss += 0.5 * l2 * Vectors.Dot(slopes, slopes);
        }

        for (int index = 0; index < gradient.Length; index++)
        {
            gradient[index] /= totalWeight;
        }

        return loss / totalWeight;
    }

    /// <summary>Replaces scores by weighted residuals p - y; returns the loss.</summary>
    private double BinaryResiduals()
    {
        double loss = 0;
        double[] own = scores[0];
        for (int row = 0; row < own.Length; row++)
        {
            double score = own[row];
            loss += weights[row] * (Links.LogOnePlusExp(score) - (labels[row] * score));
            own[row] = weights[row] * (Links.Sigmoid(score) - labels[row]);
        }

        return loss;
    }

    private double SoftmaxResiduals()
    {
        double loss = 0;
        double[] row = new double[scores.Length];
        for (int index = 0; index < labels.Length; index++)
        {
            for (int label = 0; label < row.Length; label++)
            {
                row[label] = scores[label][index];
            }

            int actual = (int)labels[index];
            loss += weights[index] * (Links.LogSumExp(row) - row[actual]);
            Links.Softmax(row);
            row[actual] -= 1;
            for (int label = 0; label < row.Length; label++)
            {
                scores[label][index] = weights[index] * row[label];
            }
        }

        return loss;
    }
}
