using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Gradient-boosted trees on histograms, by second-order steps.</summary>
/// <remarks>
/// Sources: Friedman, Greedy function approximation, 2001; Chen and Guestrin, XGBoost, 2016; Ke et al., LightGBM, 2017.
/// Missing values and categories need no preparation. With validation rows it stops early and keeps the best round.
/// </remarks>
public sealed class GradientBoostingLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "gradient_boosting";

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Native;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters => BoostingSettings.All;

    /// <inheritdoc/>
    public bool KeepsMonotone => true;

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        CheckMemory(set, options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        PackedBins bins = PackedBins.Pack(FeatureBins.Choose(set.Features, BoostingSettings.BinsOf(settings), parallel), set.Features, parallel);
        PackedBins? held = set.Validation is { } validation ? PackedBins.Pack(bins.Features, validation.Features, parallel) : null;
        return FitBinned(set, bins, held, settings, options, cancellationToken);
    }

    /// <summary>Refuses rows and classes that do not fit into memory.</summary>
    /// <remarks>Per score and row: a score, two halves of a pair, a place in the sample and one on either side of a split.</remarks>
    /// <exception cref="LearningException"><c>fit_too_large</c>.</exception>
    internal void CheckMemory(TrainingSet set, FitOptions options)
    {
        const double numbersPerRow = 1 + 2 + 0.5 + 1;
        double scores = set.Task == LearningTask.Classification && set.ClassCount > 2 ? set.ClassCount : 1;
        FitMemory.Check(this, set, options, numbersPerRow * scores * set.Features.RowCount);
    }

    /// <summary>Fits on features that are binned; of those of <paramref name="set"/> itself only the descriptions are looked at.</summary>
    /// <param name="set">Labels, weights and constraints, checked.</param>
    /// <param name="bins">The features of its rows.</param>
    /// <param name="held">The features of its validation rows; null when there are none.</param>
    /// <param name="settings">Hyper-parameters.</param>
    /// <param name="options">Seed, threads, progress.</param>
    /// <param name="cancellationToken">Observed in every round.</param>
    internal IModel FitBinned(TrainingSet set, PackedBins bins, PackedBins? held, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        BoostingSettings chosen = BoostingSettings.From(settings, set.Labels.Length);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        (IObjective objective, OutputLink link) = Objectives.For(set, chosen);
        Workers workers = new(parallel);
        BoostedRows training = new(set, bins, objective, workers);
        BoostedRows? validation = held is null ? null : new BoostedRows(set.Validation!, held, objective, workers);
        double[] baseline = objective.Baseline(set.Labels, training.WeightsOrOnes());
        Growth growth = chosen.Growth with { Monotone = MonotoneConstraints.Of(set) };
        BoostingRounds rounds = new(chosen, growth, training, validation, workers);
        TreeEnsemble trees = rounds.Run(baseline, options, cancellationToken);
        return new TreeEnsembleModel(Name, bins.Features.Length, trees, link, baseline);
    }
}
