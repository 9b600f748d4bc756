using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>The penalised negative log-likelihood of classes, divided by the total weight.</summary>
/// <remarks>
/// (Σ wᵢ ln(1 / p(yᵢ | xᵢ)) + λ/2 Σ β²) / Σ wᵢ; intercepts are not penalised. Two classes have one weight vector, more
/// have one each. Source: Hastie, Tibshirani and Friedman, The elements of statistical learning, 2009, section 4.4.
/// Variables: the weights of each class, then its intercept.
/// </remarks>
internal sealed class LogisticObjective : ISmoothObjective
{
    private readonly IFeatureBlocks features;
    private readonly double[] labels;
    private readonly double[] weights;
    private readonly double totalWeight;
    private readonly double l2;
    private readonly double[][] scores;
    private readonly double[] blockLosses;
    private readonly double[] blockGradients;

    public LogisticObjective(IFeatureBlocks features, double[] labels, double[] weights, int classCount, double l2)
    {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.l2 = l2;
        totalWeight = Vectors.Sum(weights);
        scores = new double[classCount == 2 ? 1 : classCount][];
        for (int index = 0; index < scores.Length; index++)
        {
            // Thousands of classes take gigabytes, and seconds to have them.
            features.CancellationToken.ThrowIfCancellationRequested();
            scores[index] = new double[labels.Length];
        }

        blockLosses = new double[features.BlockCount];
        blockGradients = new double[checked(features.BlockCount * Size)];
    }

    public int Size => scores.Length * Stride;

    private int Stride => features.FeatureCount + 1;

    public double Evaluate(double[] point, double[] gradient)
    {
        features.RunBlocks((first, count) => EvaluateBlock(point, first, count));
        double loss = Vectors.Sum(blockLosses);
        Array.Clear(gradient);
        for (int block = 0; block < blockLosses.Length; block++)
        {
            Vectors.AddScaled(gradient, 1, blockGradients.AsSpan(block * Size, Size));
        }

        for (int start = 0; start < Size; start += Stride)
        {
            ReadOnlySpan<double> slopes = point.AsSpan(start, features.FeatureCount);
            Vectors.AddScaled(gradient.AsSpan(start, features.FeatureCount), l2, slopes);
            loss += 0.5 * l2 * Vectors.Dot(slopes, slopes);
        }

        for (int index = 0; index < gradient.Length; index++)
        {
            gradient[index] /= totalWeight;
        }

        return loss / totalWeight;
    }

    /// <summary>The share of one block of rows in loss and gradient, read once while it is in the cache.</summary>
    private void EvaluateBlock(double[] point, int first, int count)
    {
        for (int index = 0; index < scores.Length; index++)
        {
            features.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> own = point.AsSpan(index * Stride, Stride);
            features.Multiply(first, own[..^1], own[^1], scores[index].AsSpan(first, count));
        }

        int block = features.BlockOf(first);
        blockLosses[block] = scores.Length == 1
            ? LogisticResiduals.Fill(scores[0].AsSpan(first, count), labels.AsSpan(first, count), weights.AsSpan(first, count))
            : SoftmaxResiduals(first, count);
        for (int index = 0; index < scores.Length; index++)
        {
            features.CancellationToken.ThrowIfCancellationRequested();
            Span<double> own = blockGradients.AsSpan((block * Size) + (index * Stride), Stride);
            ReadOnlySpan<double> residuals = scores[index].AsSpan(first, count);
            features.MultiplyTransposed(first, residuals, own[..^1]);
            own[^1] = Vectors.Sum(residuals);
        }
    }

    private double SoftmaxResiduals(int first, int count)
    {
        double loss = 0;
        double[] row = new double[scores.Length];
        for (int index = first; index < first + count; index++)
        {
            features.CancellationToken.ThrowIfCancellationRequested();
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
