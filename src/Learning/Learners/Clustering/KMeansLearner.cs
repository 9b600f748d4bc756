using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Groups rows around centres so that squared distances are small.</summary>
/// <remarks>
/// Sources: Lloyd, 1982 (iterations); Arthur and Vassilvitskii, 2007 (k-means++ starts). Of several starts the best is kept,
/// of equals the first. Where rows are fewer than clusters, or repeat, some clusters have no row.
/// </remarks>
public sealed class KMeansLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "kmeans";

    private const int DefaultRestarts = 10;

    private static readonly HyperParameter Restarts = ClusterSettings.Restarts(DefaultRestarts);
    private static readonly HyperParameter Iterations = new("max_iterations", 300, 1, 100_000, "Iterations of a run at most (default: scikit-learn).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Clustering];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [ClusterSettings.Clusters, Restarts, Iterations];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ClusterRows.CheckMemory(this, set, settings, options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        ClusterRows rows = new(set.Features, TargetBuilder.Weights(set), parallel);
        int clusters = (int)settings.Get(ClusterSettings.Clusters);
        int restarts = (int)settings.Get(Restarts);
        DeterministicRandom random = new(options.Seed);
        (double[] Centers, double Inertia) best = ([], double.PositiveInfinity);
        for (int restart = 0; restart < restarts; restart++)
        {
            double[] start = new KMeansSeeding(rows, random.Fork((ulong)restart)).Draw(clusters);
            (double[] Centers, double Inertia) run = LloydIterations.Run(rows, start, (int)settings.Get(Iterations), cancellationToken);
            best = run.Inertia < best.Inertia ? run : best;
            options.Progress?.Report(new FitProgress(restart + 1, restarts, best.Inertia, null));
        }

        return new KMeansModel(Name, rows.Width == 0 ? 1 : clusters, rows.MoveBack(best.Centers), best.Inertia);
    }
}
