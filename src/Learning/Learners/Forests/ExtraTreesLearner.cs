using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>The mean of many trees grown on all rows, each node of which tries one random cut of each feature that it draws.</summary>
/// <remarks>
/// Source: Geurts, Ernst and Wehenkel, Extremely randomized trees, Machine Learning 63, 2006; on binned features: a
/// cut drawn within a bin moves to its end.
/// </remarks>
public sealed class ExtraTreesLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "extra_trees";

    private static readonly HyperParameter FeatureFraction = new("feature_fraction", 0, 0, 1, "Share of the features tried at a node; 0 for the square root of their number, or all of them in regression (default: Geurts et al.).");

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Native;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [ForestFit.Trees, TreeSettings.MaximumDepth, ForestFit.MinimumRows, FeatureFraction, TreeSettings.MinimumGain, TreeSettings.MaximumBins];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ForestFit fit = new(Name, set, settings, options)
        {
            FeaturesPerNode = ForestFit.FeaturesToTry(settings.Get(FeatureFraction), set, all => all),
            Bootstraps = false,
            DrawsCuts = true,
        };
        return fit.Run(cancellationToken);
    }
}
