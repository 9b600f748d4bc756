using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>Rows that random cuts set apart from the others after few steps are anomalies.</summary>
/// <remarks>
/// Source: Liu, Ting and Zhou, Isolation forest, ICDM 2008: score = 2^(-E(h) / c(ψ)), where h is the length of a row's path,
/// lengthened by c(rows) at a leaf that still holds several, c(n) = 2 H(n - 1) - 2 (n - 1) / n and ψ is the size of a
/// tree's sample. Above one half a row is an anomaly; with <c>contamination</c> the score is stretched on both sides so
/// that one half lies where that share of the training rows is above. Rows of weight 0 are left out; other weights do not matter.
/// </remarks>
public sealed class IsolationForestLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "isolation_forest";

    private const int RowsPerBlock = 1024;

    private static readonly HyperParameter Trees = new("trees", 100, 1, 10_000, "Number of trees (default: Liu et al.).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter SampleRows = new("sample_rows", 256, 2, 1_000_000, "Rows that each tree is grown on, drawn without replacement (default: Liu et al.).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter Contamination = AnomalyOutputs.Contamination(0, "0 for a score above one half (default: Liu et al.)");

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.AnomalyDetection];

    /// <inheritdoc/>
    public FeatureNeeds Needs { get; } = new(OneHotCategories: true, Standardize: false, ImputeMissing: true);

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Trees, SampleRows, Contamination];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        FiniteFeatures.Check(set.Features, cancellationToken);
        int[] rows = [.. Enumerable.Range(0, set.Features.RowCount).Where(row => set.Weights is not { } weights || weights[row] > 0)];
        int sample = Math.Min((int)settings.Get(SampleRows), rows.Length);
        IsolationTree[] trees = new IsolationTree[(int)settings.Get(Trees)];
        DeterministicRandom random = new(options.Seed);
        int done = 0;
        ParallelWork.For(trees.Length, options.MaxDegreeOfParallelism, cancellationToken, tree =>
        {
            trees[tree] = IsolationTree.Grow(set.Features, rows, sample, random.Fork((ulong)tree), cancellationToken);
            options.Progress?.Report(new FitProgress(Interlocked.Increment(ref done), trees.Length, null, null));
        });
        IsolationForestModel model = new(Name, set.Features.FeatureCount, IsolationTree.Join(trees), IsolationPath.MeanLength(sample), IsolationForestModel.PapersThreshold);
        double contamination = settings.Get(Contamination);
        return contamination == 0 ? model : model.With(AnomalyOutputs.Threshold(Scores(model, set.Features, rows, options, cancellationToken), contamination));
    }

    private static double[] Scores(IsolationForestModel model, FeatureMatrix matrix, int[] rows, FitOptions options, CancellationToken cancellationToken)
    {
        double[] scores = new double[rows.Length];
        ParallelWork.For((rows.Length + RowsPerBlock - 1) / RowsPerBlock, options.MaxDegreeOfParallelism, cancellationToken, block =>
        {
            double[] row = new double[matrix.FeatureCount];
            for (int index = block * RowsPerBlock; index < Math.Min(rows.Length, (block + 1) * RowsPerBlock); index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                matrix.CopyRow(rows[index], row);
                scores[index] = model.Score(row);
            }
        });
        return scores;
    }
}
