using Microsoft.ML;
using Microsoft.ML.Trainers;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.MLNet.Models;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Trainers;

/// <summary>Microsoft.ML's trainers that learn without labels.</summary>
internal static class UnlabelledTrainers
{
    /// <summary>Share of the training rows that count as anomalies.</summary>
    public static readonly HyperParameter Contamination = AnomalyOutputs.Contamination(0.01, "the bound of the usual control chart (default: 1 %, customary)");

    private static readonly HyperParameter Clusters = new("clusters", 8, 1, OutputMap.ClusterOutputs.MaximumClusters, "Number of clusters, at most one per row (default: as our k-means).") { IsInteger = true };
    private static readonly HyperParameter Iterations = new("max_iterations", 1000, 1, 100_000, "Iterations at most (default: Microsoft.ML).") { IsInteger = true };
    private static readonly HyperParameter Rank = new("rank", 20, 1, 1000, "Components, at most one less than there are features (default: Microsoft.ML).") { IsInteger = true };

    public static Trainer KMeans { get; } = new("mlnet.kmeans", [LearningTask.Clustering], FeatureNeeds.Dense, [Clusters, Iterations], BuildKMeans)
    {
        // The counts that our own list tries in the middle: which number suits is for that list to find.
        Tries = size => new[] { 2, 3, 5 }.Where(count => count * 5 <= size.Rows).Select(count => Trainer.With($"{count}", (Clusters, count))),
    };

    public static Trainer RandomizedPca { get; } = new("mlnet.randomized_pca", [LearningTask.AnomalyDetection], FeatureNeeds.Dense, [Rank, Contamination], BuildPca)
    {
        Tries = size => size.Features > 1 ? [UsualSettings.Plain] : [],
    };

    /// <summary>Clusters that so many rows can have.</summary>
    public static int ClustersOf(LearnerSettings settings, int rows) => Math.Min((int)settings.Get(Clusters), rows);

    private static IEstimator<ITransformer> BuildKMeans(TrainerRequest request) => request.Scoring(request.Context.Clustering.Trainers.KMeans(new KMeansTrainer.Options
    {
        FeatureColumnName = nameof(Example.Features),
        ExampleWeightColumnName = request.WeightColumn,
        NumberOfClusters = ClustersOf(request.Settings, request.RowCount),
        MaximumNumberOfIterations = request.Whole(Iterations),
        InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
        NumberOfThreads = 1,
    }));

    private static IEstimator<ITransformer> BuildPca(TrainerRequest request)
    {
        if (request.Width < 2)
        {
            throw new LearningException("engine_failed", "Randomized PCA leaves one direction out, so it needs at least 2 features; take pca_anomaly or isolation_forest.", "learner");
        }

        return request.Scoring(request.Context.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options
        {
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = request.WeightColumn,

            // Of all components a row is made again exactly, and its error is only rounding.
            Rank = Math.Min(request.Whole(Rank), request.Width - 1),
            EnsureZeroMean = true,
            Seed = request.Seed,
        }));
    }
}
