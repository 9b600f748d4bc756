using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>What forests have in common: many trees on one set of bins, and the mean of their leaves.</summary>
internal sealed class ForestFit(string learner, TrainingSet set, LearnerSettings settings, FitOptions options)
{
    public static HyperParameter Trees { get; } = new("trees", 100, 1, 10_000, "Number of trees (default: scikit-learn).") { IsInteger = true, IsLogarithmic = true };

    public static HyperParameter MinimumRows { get; } = new("min_rows_per_leaf", 1, 1, 1_000_000, "Rows that a leaf must keep (default: scikit-learn).") { IsInteger = true };

    /// <summary>Features tried at a node.</summary>
    public required int FeaturesPerNode { get; init; }

    /// <summary>True to grow each tree on a sample of the rows.</summary>
    public bool Bootstraps { get; init; } = true;

    /// <summary>True to try one random cut per feature.</summary>
    public bool DrawsCuts { get; init; }

    /// <summary>True to predict each row by the trees that left it out.</summary>
    public bool KeepsOutOfBag { get; init; }

    /// <summary>A share of the features; for 0 the square root of their number, or in regression what <paramref name="forNumbers"/> makes of it.</summary>
    public static int FeaturesToTry(double fraction, TrainingSet set, Func<double, double> forNumbers)
    {
        double count = set.Features.FeatureCount;
        double wanted = (fraction, set.Task) switch
        {
            (0, LearningTask.Classification) => Math.Sqrt(count),
            (0, _) => forNumbers(count),
            _ => fraction * count,
        };
        return Math.Clamp((int)Math.Round(wanted), 1, Math.Max((int)count, 1));
    }

    public TreeEnsembleModel Run(CancellationToken cancellationToken)
    {
        CheckMemory();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        BinnedFeatures binned = BinnedFeatures.Fit(set.Features, (int)settings.Get(TreeSettings.MaximumBins), parallel);
        GrowerOptions growth = new()
        {
            MaximumDepth = TreeSettings.Limit(settings, TreeSettings.MaximumDepth),
            MinimumRowsPerLeaf = (int)settings.Get(MinimumRows),
            MinimumGain = settings.Get(TreeSettings.MinimumGain),
            FeaturesPerNode = FeaturesPerNode,
            DrawsCuts = DrawsCuts,
        };
        Forest forest = new(set, binned, growth, TargetBuilder.Center(set), Bootstraps);
        GrownTree[] trees = forest.Grow((int)settings.Get(Trees), options, parallel);
        TreeEnsembleBuilder builder = new(forest.Width);
        foreach (GrownTree tree in trees)
        {
            builder.Add(tree, binned.Features, 0);
        }

        double[] baseline = new double[forest.Width];
        Array.Fill(baseline, forest.Center);
        return new TreeEnsembleModel(learner, set.Features.FeatureCount, builder.Build(), OutputLink.Mean, baseline)
        {
            OutOfBag = KeepsOutOfBag ? new OutOfBagWalk(forest, trees, binned).Predict(options, cancellationToken) : null,
        };
    }

    // A tree that tells all classes apart has at least a leaf for each, as wide as there are classes, unless it may not grow so far.
    private void CheckMemory()
    {
        double width = set.Task == LearningTask.Classification ? set.ClassCount : 1;
        double pulls = set.Features.RowCount * width;
        double leaves = Math.Min(Math.Min(width, set.Features.RowCount / settings.Get(MinimumRows)) / 2, Math.Pow(2, TreeSettings.Limit(settings, TreeSettings.MaximumDepth)));
        double values = settings.Get(Trees) * Math.Max(leaves, 1) * width;
        FitMemory.Check(LearnerCatalog.Get(learner), set, options, pulls + values, Math.Max(pulls, values));
    }
}
