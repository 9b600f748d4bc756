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
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        BoostingSettings chosen = BoostingSettings.From(settings);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        (IObjective objective, OutputLink link) = (set.Task, set.ClassCount) switch
        {
            (LearningTask.Regression, _) => ((IObjective)new SquaredError(), OutputLink.Identity),
            (_, 2) => (new BinaryLogistic(), OutputLink.Logistic),
            _ => (new SoftmaxLoss(set.ClassCount), OutputLink.Softmax),
        };
        BinnedFeatures binned = BinnedFeatures.Fit(set.Features, chosen.MaximumBins, parallel);
        BoostedRows training = new(set, binned, objective);
        BoostedRows? validation = set.Validation is { } held
            ? new BoostedRows(held, BinnedFeatures.Apply(binned.Features, held.Features, parallel), objective)
            : null;
        double[] baseline = objective.Baseline(set.Labels, training.Weights);
        BoostingRounds rounds = new(chosen, objective, training, validation, parallel);
        TreeEnsemble trees = rounds.Run(baseline, options, cancellationToken);
        return new TreeEnsembleModel(Name, set.Features.FeatureCount, trees, link, baseline);
    }
}
