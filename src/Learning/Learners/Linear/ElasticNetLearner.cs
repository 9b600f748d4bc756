using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Ridge, lasso and elastic net with the penalty per row, so that one strength means the same on any number of rows.</summary>
/// <remarks>
/// Lasso and elastic net minimise Σ wᵢ (yᵢ - xᵢβ - b)² / (2 Σ wᵢ) + alpha (l1_ratio Σ |β| + (1 - l1_ratio)/2 Σ β²) by
/// coordinate descent; ridge minimises Σ wᵢ (yᵢ - xᵢβ - b)² + alpha Σ β² exactly. The intercept is not penalised. These
/// are scikit-learn's Lasso, ElasticNet and Ridge behind its StandardScaler: x are standardised features, but for those of
/// zeros and ones, and the model's weights are those of the features as they came, β / deviation.
/// Sources: Hoerl and Kennard, Technometrics 12, 1970 (ridge); Tibshirani, JRSS B 58, 1996 (lasso); Zou and Hastie,
/// JRSS B 67, 2005 (elastic net).
/// </remarks>
public sealed class ElasticNetLearner : ILearner
{
    /// <summary>The name of the learner that keeps all weights but shrinks them.</summary>
    public const string RidgeName = "ridge";

    /// <summary>The name of the learner that sets weights to exactly 0.</summary>
    public const string LassoName = "lasso";

    /// <summary>The name of the learner that does both.</summary>
    public const string ElasticNetName = "elastic_net";

    private static readonly HyperParameter Alpha = new("alpha", 1, 0, 1e9, "Strength of the penalty on weights of standardised features (default: scikit-learn).") { IsLogarithmic = true };
    private static readonly HyperParameter Ratio = new("l1_ratio", 0.5, 0, 1, "Share of the penalty that is on absolute weights, the rest being on squared ones (default: scikit-learn).");
    private static readonly HyperParameter Iterations = new("max_iterations", 1000, 1, 100_000, "Passes over the features at most (default: scikit-learn).") { IsInteger = true };

    private ElasticNetLearner(string name, params HyperParameter[] parameters) => (Name, HyperParameters) = (name, parameters);

    /// <summary>Ridge regression.</summary>
    public static ElasticNetLearner Ridge { get; } = new(RidgeName, Alpha, Iterations);

    /// <summary>The lasso.</summary>
    public static ElasticNetLearner Lasso { get; } = new(LassoName, Alpha, Iterations);

    /// <summary>The elastic net.</summary>
    public static ElasticNetLearner ElasticNet { get; } = new(ElasticNetName, Alpha, Ratio, Iterations);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double alpha = settings.Get(Alpha);
        double total = Vectors.Sum(TargetBuilder.Weights(set));
        (double l1, double l2) = Name switch
        {
            RidgeName => (0, alpha),
            LassoName => (alpha * total, 0),
            _ => (alpha * total * settings.Get(Ratio), alpha * total * (1 - settings.Get(Ratio))),
        };
        return LeastSquares.Fit(Name, set, l1, l2, (int)settings.Get(Iterations), options, cancellationToken);
    }
}
