using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>The mean of many trees, each on its own bootstrap sample, each node on its own draw of features.</summary>
/// <remarks>Source: Breiman, Random forests, Machine Learning 45, 2001; on binned features. Probabilities are the mean of the leaves' class shares.</remarks>
public sealed class RandomForestLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "random_forest";

    private static readonly HyperParameter Trees = new("trees", 100, 1, 10_000, "Number of trees (default: scikit-learn).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter MinimumRows = new("min_rows_per_leaf", 1, 1, 1_000_000, "Rows that a leaf must keep (default: scikit-learn).") { IsInteger = true };
    private static readonly HyperParameter FeatureFraction = new("feature_fraction", 0, 0, 1, "Share of the features tried at a node; 0 for the square root of their number, or a third of them in regression (default: Breiman).");

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Native;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Trees, TreeSettings.MaximumDepth, MinimumRows, FeatureFraction, TreeSettings.MinimumGain, TreeSettings.MaximumBins];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        BinnedFeatures binned = BinnedFeatures.Fit(set.Features, (int)settings.Get(TreeSettings.MaximumBins), parallel);
        GrowerOptions growth = new()
        {
            MaximumDepth = TreeSettings.Limit(settings, TreeSettings.MaximumDepth),
            MinimumRowsPerLeaf = (int)settings.Get(MinimumRows),
            MinimumGain = settings.Get(TreeSettings.MinimumGain),
            FeaturesPerNode = FeaturesPerNode(settings.Get(FeatureFraction), binned.FeatureCount, set.Task),
        };
        Forest forest = new(set, binned, growth, TargetBuilder.Center(set));
        GrownTree[] trees = forest.Grow((int)settings.Get(Trees), options, parallel);
        TreeEnsembleBuilder builder = new(forest.Width);
        foreach (GrownTree tree in trees)
        {
            builder.Add(tree, binned.Features, 0);
        }

        double[] baseline = new double[forest.Width];
        Array.Fill(baseline, forest.Center);
        return new TreeEnsembleModel(Name, set.Features.FeatureCount, builder.Build(), OutputLink.Mean, baseline);
    }

    private static int FeaturesPerNode(double fraction, int count, LearningTask task)
    {
        double wanted = (fraction, task) switch
        {
            (0, LearningTask.Classification) => Math.Sqrt(count),
            (0, _) => count / 3.0,
            _ => fraction * count,
        };
        return Math.Clamp((int)Math.Round(wanted), 1, Math.Max(count, 1));
    }
}
