using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The hyper-parameters of boosting and their values in one fit.</summary>
internal sealed record BoostingSettings
{
    private const int AutomaticRows = 0;
    private const int UsualRows = 20;
    private const int FewestRows = 3;
    private const int LeavesOfFewRows = 10;

    private static readonly HyperParameter IterationsParameter = new("iterations", 100, 1, 10_000, "Rounds of boosting at most, one tree per class each (default: XGBoost, LightGBM, scikit-learn).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter LearningRateParameter = new("learning_rate", 0.1, 1e-4, 1, "Share of each tree's step that is taken (default: LightGBM, scikit-learn).") { IsLogarithmic = true };
    private static readonly HyperParameter MaximumLeavesParameter = new("max_leaves", 31, 2, 4096, "Leaves per tree at most (default: LightGBM, scikit-learn).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter MinimumRowsParameter = new("min_rows_per_leaf", AutomaticRows, 0, 1_000_000, "Rows that a leaf must keep; 0 for 20 (LightGBM, scikit-learn), or where that is less a tenth of the rows, but 3 at least.") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter MinimumChildWeightParameter = new("min_child_weight", 1e-3, 0, 1e6, "Sum of Hessians that a leaf must keep (default: LightGBM).");
    private static readonly HyperParameter DepthWiseParameter = new("depth_wise", 0, 0, 1, "1 splits level by level (XGBoost's default), 0 makes the best split first (default: LightGBM).") { IsInteger = true };
    private static readonly HyperParameter L1Parameter = new("l1", 0, 0, 1e6, "Taken off the sum of gradients of a leaf, towards 0 (default: XGBoost's alpha).");
    private static readonly HyperParameter ObjectiveParameter = new("objective", (int)RegressionObjective.Squared, (int)RegressionObjective.Squared, (int)RegressionObjective.Poisson, "What regression minimises: 0 squared error, 1 absolute error, 2 Huber's loss, 3 a quantile's loss, 4 Poisson deviance (default: XGBoost, LightGBM).") { IsInteger = true };
    private static readonly HyperParameter HuberDeltaParameter = new("huber_delta", 1, 1e-9, 1e9, "Huber's loss is squared up to this residual, in units of the label, and linear beyond (default: XGBoost's huber_slope).") { IsLogarithmic = true };
    private static readonly HyperParameter QuantileParameter = new("quantile", 0.5, 0.001, 0.999, "The share of labels that should lie below the prediction, for the quantile's loss (default: the median).");
    private static readonly HyperParameter L2Parameter = new("l2", 1, 0, 1e6, "Added to the sum of Hessians of a leaf (default: XGBoost's lambda).");
    private static readonly HyperParameter RowFractionParameter = new("row_fraction", 1, 0.01, 1, "Share of the rows that each round draws, without replacement (default: XGBoost's subsample).");
    private static readonly HyperParameter FeatureFractionParameter = new("feature_fraction", 1, 0.01, 1, "Share of the features that each tree draws (default: XGBoost's colsample_bytree).");
    private static readonly HyperParameter PatienceParameter = new("early_stopping_rounds", 10, 1, 10_000, "With validation rows: rounds without a better loss before stopping at the best (default: scikit-learn's n_iter_no_change).") { IsInteger = true };
    private static readonly HyperParameter CategorySmoothingParameter = new("category_smoothing", 10, 0, 1e6, "Added to the Hessian of a category when categories are put in order (default: LightGBM's cat_smooth).");

    public static IReadOnlyList<HyperParameter> All { get; } =
    [
        IterationsParameter, LearningRateParameter, MaximumLeavesParameter, TreeSettings.MaximumDepth, MinimumRowsParameter,
        MinimumChildWeightParameter, DepthWiseParameter, L1Parameter, L2Parameter, TreeSettings.MinimumGain, RowFractionParameter, FeatureFractionParameter,
        PatienceParameter, CategorySmoothingParameter, TreeSettings.MaximumBins,
        ObjectiveParameter, HuberDeltaParameter, QuantileParameter,
    ];

    public required int Iterations { get; init; }

    public required double LearningRate { get; init; }

    public required double RowFraction { get; init; }

    public required double FeatureFraction { get; init; }

    public required int Patience { get; init; }

    public required RegressionObjective Objective { get; init; }

    public required double HuberDelta { get; init; }

    public required double Quantile { get; init; }

    public required Growth Growth { get; init; }

    /// <summary>Bins per feature at most, which are chosen before rows are counted.</summary>
    public static int BinsOf(LearnerSettings settings) => (int)settings.Get(TreeSettings.MaximumBins);

    /// <summary>The values for a fit to so many rows.</summary>
    public static BoostingSettings From(LearnerSettings settings, int rowCount) => new()
    {
        Iterations = (int)settings.Get(IterationsParameter),
        LearningRate = settings.Get(LearningRateParameter),
        RowFraction = settings.Get(RowFractionParameter),
        FeatureFraction = settings.Get(FeatureFractionParameter),
        Patience = (int)settings.Get(PatienceParameter),
        Objective = (RegressionObjective)(int)settings.Get(ObjectiveParameter),
        HuberDelta = settings.Get(HuberDeltaParameter),
        Quantile = settings.Get(QuantileParameter),
        Growth = new Growth
        {
            MaximumLeaves = (int)settings.Get(MaximumLeavesParameter),
            MaximumDepth = TreeSettings.Limit(settings, TreeSettings.MaximumDepth),
            MinimumRowsPerLeaf = RowsPerLeaf((int)settings.Get(MinimumRowsParameter), rowCount),
            MinimumChildWeight = settings.Get(MinimumChildWeightParameter),
            IsDepthWise = settings.Get(DepthWiseParameter) != 0,
            L1 = settings.Get(L1Parameter),
            L2 = settings.Get(L2Parameter),
            MinimumGain = settings.Get(TreeSettings.MinimumGain),
            CategorySmoothing = settings.Get(CategorySmoothingParameter),
        },
    };

    // A table of a few dozen rows could not be split at all if each half had to keep 20.
    private static int RowsPerLeaf(int chosen, int rowCount) =>
        chosen == AutomaticRows ? Math.Clamp(rowCount / LeavesOfFewRows, FewestRows, UsualRows) : chosen;
}
