namespace Trainyard.Learning.Learners.Trees;

/// <summary>Hyper-parameters that several tree learners share.</summary>
internal static class TreeSettings
{
    private const int NoLimit = 0;

    public static HyperParameter MaximumDepth { get; } = new("max_depth", NoLimit, 0, 64, "Decisions between root and leaf at most; 0 for no limit (default: scikit-learn).") { IsInteger = true };

    public static HyperParameter MaximumBins { get; } = new("max_bins", FeatureBins.MaximumBins, 2, FeatureBins.MaximumBins, "Bins per feature at most (default: LightGBM, XGBoost).") { IsInteger = true };

    public static HyperParameter MinimumGain { get; } = new("min_gain", 0, 0, 1e9, "A split must gain more than this (default: XGBoost's gamma).");

    /// <summary>Reads a limit of which 0 means none.</summary>
    public static int Limit(LearnerSettings settings, HyperParameter parameter)
    {
        int value = (int)settings.Get(parameter);
        return value == NoLimit ? int.MaxValue : value;
    }
}
