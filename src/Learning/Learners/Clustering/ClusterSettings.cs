namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Hyper-parameters that the k-means learners share.</summary>
internal static class ClusterSettings
{
    /// <summary>More groups than a person can look at.</summary>
    public const int MaximumClusters = 1000;

    public static HyperParameter Clusters { get; } = new("clusters", 8, 1, MaximumClusters, "Number of clusters (default: scikit-learn).") { IsInteger = true };

    public static HyperParameter Restarts(int standard) =>
        new("restarts", standard, 1, 1000, "Runs from other starts, of which the best is kept (default: scikit-learn).") { IsInteger = true };
}
