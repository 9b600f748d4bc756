using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>The mean of many trees, each on its own bootstrap sample, each node on its own draw of features.</summary>
/// <remarks>
/// Source: Breiman, Random forests, Machine Learning 45, 2001; on binned features. Probabilities are the mean of the
/// leaves' class shares. With <c>out_of_bag</c> the model also tells how it does on the rows that each tree left out.
/// </remarks>
public sealed class RandomForestLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "random_forest";

    private static readonly HyperParameter FeatureFraction = new("feature_fraction", 0, 0, 1, "Share of the features tried at a node; 0 for the square root of their number, or two thirds of them in regression (default: Breiman; in regression between his third and scikit-learn's all).");
    private static readonly HyperParameter OutOfBag = new("out_of_bag", 0, 0, 1, "1 to evaluate the model on the rows that each tree left out, 0 not to (default: scikit-learn's oob_score).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Native;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [ForestFit.Trees, TreeSettings.MaximumDepth, ForestFit.MinimumRows, FeatureFraction, TreeSettings.MinimumGain, TreeSettings.MaximumBins, OutOfBag];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ForestFit fit = new(Name, set, settings, options)
        {
            FeaturesPerNode = ForestFit.FeaturesToTry(settings.Get(FeatureFraction), set, all => 2 * all / 3),
            KeepsOutOfBag = settings.Get(OutOfBag) == 1,
        };
        return fit.Run(cancellationToken);
    }
}
