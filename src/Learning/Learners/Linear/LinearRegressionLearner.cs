using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Linear regression with an L2 penalty (ridge), an L1 penalty (lasso), or both (elastic net).</summary>
/// <remarks>
/// Minimises ½ Σ wᵢ (yᵢ - xᵢβ - b)² + l1 Σ |β| + l2/2 Σ β², the intercept unpenalised: scikit-learn's Ridge with
/// alpha = l2, and its ElasticNet with alpha × rows × l1_ratio = l1. Without l1 it is solved exactly, from
/// <see cref="MaximumFactorized"/> features on by L-BFGS; with l1 by coordinate descent.
/// </remarks>
public sealed class LinearRegressionLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "linear_regression";

    /// <summary>Features up to which the normal equations are factorised: 32 MB for the matrix.</summary>
    public const int MaximumFactorized = 2000;

    private const double Tolerance = 1e-7;

    private static readonly HyperParameter L1 = new("l1", 0, 0, 1e9, "Strength of the penalty on absolute weights; above 0 some weights become exactly 0.");
    private static readonly HyperParameter L2 = new("l2", 1, 0, 1e9, "Strength of the penalty on squared weights (default: scikit-learn's alpha).") { IsLogarithmic = true };
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
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        DenseFeatures features = DenseFeatures.Of(set.Features, parallel);
        double[] weights = TargetBuilder.Weights(set);
        double l1 = settings.Get(L1);
        double l2 = settings.Get(L2);
        int limit = (int)settings.Get(Iterations);
        if (l1 == 0 && features.FeatureCount > MaximumFactorized)
        {
            Lbfgs solver = new(new SquaredObjective(features, set.Labels, weights, l2), new double[features.FeatureCount + 1]);
            double[] solution = solver.Minimize(Tolerance, limit, Iterated);
            return Model(solution[..^1], solution[^1]);
        }

        CenteredProblem problem = new(features, set.Labels, weights);
        double[] slopes = l1 == 0 ? RidgeSolver.Solve(problem, l2) : ElasticNetSolver.Solve(problem, l1, l2, limit, Iterated);
        return Model(slopes, problem.Intercept(slopes));

        void Iterated(int iteration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            options.Progress?.Report(new FitProgress(iteration, limit, null, null));
        }
    }

    private static LinearModel Model(double[] slopes, double intercept) =>
        new(LearnerName, LinearLink.Identity, slopes, [intercept], slopes.Length);
}
