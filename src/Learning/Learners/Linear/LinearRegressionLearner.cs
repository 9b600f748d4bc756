using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Linear regression with an L2 penalty (ridge), an L1 penalty (lasso), or both (elastic net).</summary>
/// <remarks>
/// Minimises ½ Σ wᵢ (yᵢ - xᵢβ - b)² + l1 Σ |β| + l2/2 Σ β² over standardised features x, the intercept unpenalised:
/// after scikit-learn's StandardScaler its Ridge with alpha = l2, and its ElasticNet with alpha × rows × l1_ratio = l1.
/// Features of zeros and ones are not standardised. The model's weights are those of the features as they came,
/// β / deviation. Without l1 it is solved exactly, for thousands of features by L-BFGS; with l1 by coordinate descent.
/// </remarks>
public sealed class LinearRegressionLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "linear_regression";

    private static readonly HyperParameter L1 = new("l1", 0, 0, 1e9, "Strength of the penalty on absolute weights of standardised features; above 0 some weights become exactly 0.");
    private static readonly HyperParameter L2 = new("l2", 1, 0, 1e9, "Strength of the penalty on squared weights of standardised features (default: scikit-learn's alpha).") { IsLogarithmic = true };
    private static readonly HyperParameter Iterations = new("max_iterations", 1000, 1, 100_000, "Iterations at most, where the solution is iterative (default: scikit-learn's ElasticNet).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [L1, L2, Iterations];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        return LeastSquares.Fit(Name, set, settings.Get(L1), settings.Get(L2), (int)settings.Get(Iterations), options, cancellationToken);
    }
}
