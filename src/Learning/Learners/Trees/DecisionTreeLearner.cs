using Trainyard.Learning.Features;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>One tree grown by the Gini impurity or the squared error.</summary>
/// <remarks>Source: Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984; on binned features.</remarks>
public sealed class DecisionTreeLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "decision_tree";

    private static readonly HyperParameter MaximumLeaves = new("max_leaves", 0, 0, 1_000_000, "Leaves at most; 0 for no limit (default: scikit-learn).") { IsInteger = true };
    private static readonly HyperParameter MinimumRows = new("min_rows_per_leaf", 5, 1, 1_000_000, "Rows that a leaf must keep (default: rpart's 7, rounded down).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Native;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [TreeSettings.MaximumDepth, MaximumLeaves, MinimumRows, TreeSettings.MinimumGain, TreeSettings.MaximumBins];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double pulls = (double)set.Features.RowCount * (set.Task == LearningTask.Classification ? set.ClassCount : 1);
        FitMemory.Check(this, set, options, pulls, pulls);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        BinnedFeatures binned = BinnedFeatures.Fit(set.Features, (int)settings.Get(TreeSettings.MaximumBins), parallel);
        double center = TargetBuilder.Center(set);
        Targets targets = TargetBuilder.Of(set, TargetBuilder.Weights(set), center);
        GrowerOptions growth = new()
        {
            MaximumDepth = TreeSettings.Limit(settings, TreeSettings.MaximumDepth),
            MaximumLeaves = TreeSettings.Limit(settings, MaximumLeaves),
            MinimumRowsPerLeaf = (int)settings.Get(MinimumRows),
            MinimumGain = settings.Get(TreeSettings.MinimumGain),
        };
        int[] rows = [.. Enumerable.Range(0, set.Labels.Length).Where(row => targets.Hessians[row] > 0)];
        int[] features = [.. Enumerable.Range(0, binned.FeatureCount)];
        TreeGrower grower = new(binned, targets.Width, growth, parallel);
        TreeEnsembleBuilder builder = new(targets.Width);
        builder.Add(grower.Grow(rows, features, targets, new DeterministicRandom(options.Seed)), binned.Features, 0);
        double[] baseline = new double[targets.Width];
        Array.Fill(baseline, center);
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return new TreeEnsembleModel(Name, set.Features.FeatureCount, builder.Build(), OutputLink.Identity, baseline);
    }
}
