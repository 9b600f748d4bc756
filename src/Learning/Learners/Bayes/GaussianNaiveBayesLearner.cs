using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Bayes;

/// <summary>Classes whose features are independent and normally distributed.</summary>
/// <remarks>
/// Source: Hastie, Tibshirani and Friedman, The elements of statistical learning, 2009, section 6.6.3; the share of the
/// largest variance that is added to all, and its default, are scikit-learn's. Missing values are left out of means,
/// variances and likelihoods.
/// </remarks>
public sealed class GaussianNaiveBayesLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "naive_bayes";

    private static readonly HyperParameter Smoothing = new("variance_smoothing", 1e-9, 0, 1, "Share of the largest variance of a feature that is added to every variance (default: scikit-learn).");

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification];

    /// <inheritdoc/>
    public FeatureNeeds Needs { get; } = new(OneHotCategories: true, Standardize: true, ImputeMissing: false);

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Smoothing];

    /// <inheritdoc/>
    /// <exception cref="LearningException"><c>fit_too_large</c>, or <c>feature_not_finite</c> for a feature whose variance is no number, beside those of every learner.</exception>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double numbers = (double)set.ClassCount * set.Features.FeatureCount;
        FitMemory.Check(this, set, options, 3 * numbers, numbers);
        FiniteFeatures.CheckPresent(set.Features, cancellationToken);
        double[] weights = TargetBuilder.Weights(set);
        int[] classes = Array.ConvertAll(set.Labels, label => (int)label);
        double[] means = new double[set.ClassCount * set.Features.FeatureCount];
        double[] variances = new double[means.Length];
        double[] spreads = new double[set.Features.FeatureCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, set.Features.FeatureCount, parallel, feature =>
        {
            ReadOnlySpan<double> column = set.Features.Column(feature);
            WeightedMoments moments = new(column, weights, classes, set.ClassCount);
            spreads[feature] = moments.Spread();
            for (int label = 0; label < set.ClassCount; label++)
            {
                means[(label * spreads.Length) + feature] = moments.Means[label];
                variances[(label * spreads.Length) + feature] = moments.Variances[label];
            }
        });
        int wild = Array.FindIndex(spreads, spread => !double.IsFinite(spread));
        if (wild >= 0)
        {
            throw FiniteFeatures.TooWide(set.Features.Features[wild]);
        }

        AddTo(variances, settings.Get(Smoothing) * spreads.DefaultIfEmpty(0).Max());
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return new GaussianNaiveBayesModel(Name, ClassShares.Of(set.Labels, weights, set.ClassCount), means, variances);
    }

    // Where nothing varies at all, any variance gives every class the same likelihood.
    private static void AddTo(double[] variances, double added)
    {
        for (int index = 0; index < variances.Length; index++)
        {
            double variance = variances[index] + added;
            variances[index] = variance >= GaussianNaiveBayesModel.LeastVariance ? variance : added > 0 ? GaussianNaiveBayesModel.LeastVariance : 1;
        }
    }
}
