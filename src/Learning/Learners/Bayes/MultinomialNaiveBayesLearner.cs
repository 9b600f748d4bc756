using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Bayes;

/// <summary>Classes that differ in how often each feature counts, for words and other counts. A missing value counts as 0.</summary>
/// <remarks>
/// Source: Manning, Raghavan and Schütze, Introduction to information retrieval, 2008, section 13.2; with the smoothing of
/// Lidstone. Since the logarithm of the joint probability is a weighted sum of the counts, the model is a linear one.
/// </remarks>
public sealed class MultinomialNaiveBayesLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "multinomial_naive_bayes";

    /// <summary>Stands in for the logarithm of 0, of a class without rows: that of the smallest number above 0.</summary>
    private const double LogOfNothing = -744;

    internal static readonly HyperParameter Alpha = new("alpha", 1, 1e-10, 1e6, "Added to every count (default: Laplace, scikit-learn).") { IsLogarithmic = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification];

    /// <inheritdoc/>
    public FeatureNeeds Needs { get; } = new(OneHotCategories: true, Standardize: false, ImputeMissing: false);

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Alpha];

    /// <inheritdoc/>
    /// <exception cref="LearningException"><c>feature_negative</c>, beside those of every learner: a count is below 0.</exception>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double numbers = (double)set.ClassCount * set.Features.FeatureCount;
        FitMemory.Check(this, set, options, 2 * numbers, numbers);
        FiniteFeatures.CheckPresent(set.Features, cancellationToken);
        double[] weights = TargetBuilder.Weights(set);
        double[] counts = new double[set.ClassCount * set.Features.FeatureCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        for (int feature = 0; feature < set.Features.FeatureCount; feature++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckNotNegative(set.Features, feature);
        }

        Parallel.For(0, set.Features.FeatureCount, parallel, feature => Count(set, weights, feature, counts));
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        double[] intercepts = LogPriors(ClassShares.Of(set.Labels, weights, set.ClassCount));
        return new LinearModel(Name, LinearLink.Softmax, LogShares(counts, set.ClassCount, settings.Get(Alpha)), intercepts, set.Features.FeatureCount);
    }

    private static void CheckNotNegative(FeatureMatrix matrix, int feature)
    {
        foreach (double value in matrix.Column(feature))
        {
            if (value < 0)
            {
                FeatureInfo info = matrix.Features[feature];
                throw new LearningException("feature_negative", $"Feature '{info.Name}' has the value {value}; multinomial naive Bayes counts, so it must be at least 0.", info.Source);
            }
        }
    }

    private static void Count(TrainingSet set, double[] weights, int feature, double[] counts)
    {
        ReadOnlySpan<double> column = set.Features.Column(feature);
        for (int row = 0; row < column.Length; row++)
        {
            counts[((int)set.Labels[row] * set.Features.FeatureCount) + feature] += double.IsNaN(column[row]) ? 0 : weights[row] * column[row];
        }
    }

    /// <summary>The logarithms of the classes' shares.</summary>
    internal static double[] LogPriors(double[] shares) => Array.ConvertAll(shares, share => Math.Max(Math.Log(share), LogOfNothing));

    /// <summary>ln((count + alpha) / Σ (count + alpha)) within each class.</summary>
    internal static double[] LogShares(double[] counts, int classCount, double alpha)
    {
        double[] logs = new double[counts.Length];
        int width = counts.Length / classCount;
        for (int first = 0; first < counts.Length; first += width)
        {
            double total = (alpha * width) + Vectors.Sum(counts.AsSpan(first, width));
            for (int index = first; index < first + width; index++)
            {
                logs[index] = Math.Log((counts[index] + alpha) / total);
            }
        }

        return logs;
    }
}
