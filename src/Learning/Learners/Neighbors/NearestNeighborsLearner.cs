using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>What the nearest training rows say: their classes' shares, or the mean of their values.</summary>
/// <remarks>
/// Sources: Cover and Hart, Nearest neighbor pattern classification, IEEE Transactions on Information Theory 13, 1967;
/// Dudani, 1976 (votes by distance). Euclidean distance of standardised features; of rows equally far the earlier one
/// counts. The model holds all training rows.
/// </remarks>
public sealed class NearestNeighborsLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "nearest_neighbors";

    private static readonly HyperParameter Neighbors = new("neighbors", 5, 1, NeighborTree.MaximumNeighbors, "Rows that vote; all when there are fewer (default: scikit-learn).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter ByDistance = new("distance_weights", 0, 0, 1, "1 to weigh votes by 1 / distance, 0 to weigh them alike (default: scikit-learn).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Neighbors, ByDistance];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double numbers = (double)set.Features.RowCount * set.Features.FeatureCount;
        FitMemory.Check(this, set, options, numbers, numbers);
        FiniteFeatures.Check(set.Features, cancellationToken);

        // A row of weight 0 has no vote, so it must not take the place of one that has.
        double[] weights = TargetBuilder.Weights(set);
        int[] voting = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        INeighborIndex points = NeighborIndexes.Build(voting.Length == weights.Length ? set.Features : set.Features.SelectRows(voting), cancellationToken);
        Votes votes = new(set.ClassCount, Array.ConvertAll(voting, row => set.Labels[row]), Array.ConvertAll(voting, row => weights[row]));
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return new NearestNeighborsModel(Name, points, votes, (int)settings.Get(Neighbors), settings.Get(ByDistance) == 1);
    }
}
