using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Clustering;
using Trainyard.Learning.Learners.Components;
using Trainyard.Learning.Learners.Forests;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Selection;

/// <summary>What <c>auto</c> tries: a short list that covers straight, smooth and stepped relations.</summary>
/// <remarks>
/// Each entry can be fitted and scored by itself, so that a platform may run them side by side. Boosted trees, forests
/// and a penalised linear model lead most comparisons on tables: Grinsztajn, Oyallon and Varoquaux, Why do tree-based
/// models still outperform deep learning on tabular data?, NeurIPS 2022.
/// </remarks>
public static class CandidateList
{
    /// <summary>Rows × features from which only the learners that scale best are tried.</summary>
    public const long LargeCells = 20_000_000;

    /// <summary>Rows below which boosted trees must be allowed smaller leaves.</summary>
    public const int FewRows = 1000;

    /// <summary>Columns above which boosted trees, which look at all of them in every split, would take minutes per fold.</summary>
    public const int ManyFeatures = 2000;

    /// <summary>Rows per cluster on average at least: fewer make a cluster of every oddity.</summary>
    private const int MinRowsPerCluster = 5;

    /// <summary>Numbers of clusters that people can name.</summary>
    private static readonly int[] ClusterCounts = [2, 3, 4, 5, 6, 8];

    /// <summary>Candidates that engines bring at most, so that a search has room for ours.</summary>
    private const int MaximumOfEngines = 9;

    /// <summary>The candidates for a task and a size: ours, the simplest first, then those of engines.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="features">Input columns.</param>
    /// <param name="isMonotone">True to try only learners that keep predictions monotone, however many columns there are.</param>
    public static IReadOnlyList<Candidate> For(LearningTask task, int rows, int features, bool isMonotone = false) =>
        [.. Own(task, rows, features, isMonotone), .. OfEngines(task, rows, features, isMonotone)];

    /// <summary>The candidates of engines that were added to the catalogue.</summary>
    internal static IReadOnlyList<Candidate> OfEngines(LearningTask task, int rows, int features, bool isMonotone) =>
    [
        .. LearnerCatalog.Engines.SelectMany(engine => engine.Learners)
            .Where(entry => entry.Learner.Tasks.Contains(task) && (!isMonotone || entry.Learner.KeepsMonotone))
            .SelectMany(entry => entry.Usual(task, new DataSize(rows, features)), (entry, usual) => new Candidate(
                usual.Variant.Length == 0 ? entry.Learner.Name : $"{entry.Learner.Name}_{usual.Variant}", entry.Learner.Name, usual.Settings))
            .Take(MaximumOfEngines),
    ];

    /// <summary>The candidates that need no engine.</summary>
    internal static IReadOnlyList<Candidate> Own(LearningTask task, int rows, int features, bool isMonotone)
    {
        bool isLarge = (long)rows * features > LargeCells;
        if (!task.IsSupervised())
        {
            return [.. task == LearningTask.Clustering ? Clusters(rows, isLarge) : Anomalies(rows, features)];
        }

        IEnumerable<Candidate> all = [.. Linear(task, isLarge), .. Trees(rows, isMonotone ? 0 : features, isLarge)];
        return [.. all.Where(candidate => !isMonotone || LearnerCatalog.Get(candidate.Learner).KeepsMonotone)];
    }

    private static IEnumerable<Candidate> Clusters(int rows, bool isLarge)
    {
        string learner = isLarge ? MiniBatchKMeansLearner.LearnerName : KMeansLearner.LearnerName;
        return ClusterCounts.Where(count => count <= Math.Max(rows / MinRowsPerCluster, 2)).Select(count => Make($"{learner}_{count}", learner, ("clusters", count)));
    }

    private static IEnumerable<Candidate> Anomalies(int rows, int features)
    {
        if (PrincipalComponents.CanFit(rows, features))
        {
            yield return Make(PcaAnomalyLearner.LearnerName, PcaAnomalyLearner.LearnerName);
        }

        yield return Make(IsolationForestLearner.LearnerName, IsolationForestLearner.LearnerName);
    }

    private static IEnumerable<Candidate> Linear(LearningTask task, bool isLarge)
    {
        string learner = task == LearningTask.Classification ? LogisticRegressionLearner.LearnerName : LinearRegressionLearner.LearnerName;
        yield return Make(learner, learner, ("l2", 1));
        if (!isLarge)
        {
            yield return Make($"{learner}_strong", learner, ("l2", 10));
        }
    }

    private static IEnumerable<Candidate> Trees(int rows, int features, bool isLarge)
    {
        int leaf = rows < FewRows ? 5 : 20;
        if (!isLarge)
        {
            yield return Make(RandomForestLearner.LearnerName, RandomForestLearner.LearnerName, ("trees", 200));
        }

        if (features > ManyFeatures)
        {
            yield break;
        }

        if (!isLarge)
        {
            yield return Make($"{GradientBoostingLearner.LearnerName}_slow", GradientBoostingLearner.LearnerName, ("iterations", 200), ("learning_rate", 0.05), ("max_leaves", 8), ("min_rows_per_leaf", leaf), ("row_fraction", 0.8), ("feature_fraction", 0.5));
        }

        yield return Make(GradientBoostingLearner.LearnerName, GradientBoostingLearner.LearnerName, ("min_rows_per_leaf", leaf));
    }

    internal static Candidate Make(string name, string learner, params (string Name, double Value)[] settings) =>
        new(name, learner, settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
}
