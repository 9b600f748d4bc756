using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>K-means that looks at a random batch of rows at a time: nearly as good, and much quicker on many rows.</summary>
/// <remarks>
/// Source: Sculley, Web-scale k-means clustering, WWW 2010: each row of a batch draws its centre nearer by one over the
/// weight that the centre has seen. A run stops when the smoothed distance has not become smaller for ten batches, as
/// scikit-learn's does; the best run ends with three passes over all rows.
/// </remarks>
public sealed class MiniBatchKMeansLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "mini_batch_kmeans";

    private const int DefaultRestarts = 3;

    /// <summary>Batches leave centres a little off; a few passes over all rows mend that at little cost.</summary>
    private const int LastPasses = 3;

    private static readonly HyperParameter Restarts = ClusterSettings.Restarts(DefaultRestarts);
    private static readonly HyperParameter BatchRows = new("batch_rows", 1024, 1, 1_000_000, "Rows of a batch (default: scikit-learn).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Passes = new("max_passes", 100, 1, 10_000, "Times that all rows are gone through at most (default: scikit-learn).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Clustering];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [ClusterSettings.Clusters, Restarts, BatchRows, Passes];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ClusterRows.CheckMemory(this, set, settings, options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        ClusterRows rows = new(set.Features, TargetBuilder.Weights(set), parallel);
        int clusters = (int)settings.Get(ClusterSettings.Clusters);
        int restarts = (int)settings.Get(Restarts);
        MiniBatches batches = new(rows, clusters, (int)settings.Get(BatchRows), (int)settings.Get(Passes));
        DeterministicRandom random = new(options.Seed);
        double[][] starts = new double[restarts][];
        ParallelWork.For(restarts, options.MaxDegreeOfParallelism, cancellationToken, restart => starts[restart] = batches.Run(random.Fork((ulong)restart), cancellationToken));
        (double[] Centers, double Inertia) best = ([], double.PositiveInfinity);
        for (int restart = 0; restart < restarts; restart++)
        {
            (double[] Centers, double Inertia) run = LloydIterations.Run(rows, starts[restart], 0, cancellationToken);
            best = run.Inertia < best.Inertia ? run : best;
            options.Progress?.Report(new FitProgress(restart + 1, restarts, best.Inertia, null));
        }

        best = LloydIterations.Run(rows, best.Centers, LastPasses, cancellationToken);
        return new KMeansModel(Name, rows.Width == 0 ? 1 : clusters, rows.MoveBack(best.Centers), best.Inertia);
    }
}
