using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Logistic regression; softmax for more than two classes. Fitted by L-BFGS.</summary>
/// <remarks>
/// Minimises Σ wᵢ ln(1 / p(yᵢ | xᵢ)) + l2/2 Σ β², as scikit-learn with C = 1 / l2; intercepts are not penalised. Stops when
/// no partial derivative of the mean loss passes 1e-7.
/// </remarks>
public sealed class LogisticRegressionLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "logistic_regression";

    private const double Tolerance = 1e-7;

    private static readonly HyperParameter L2 = new("l2", 1, 0, 1e9, "Strength of the penalty on squared weights (default: scikit-learn's 1 / C).") { IsLogarithmic = true };
    private static readonly HyperParameter Iterations = new("max_iterations", 1000, 1, 100_000, "Iterations at most.") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [L2, Iterations];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        DenseFeatures features = DenseFeatures.Of(set.Features, parallel);
        LogisticObjective objective = new(features, set.Labels, TargetBuilder.Weights(set), set.ClassCount, settings.Get(L2));
        int limit = (int)settings.Get(Iterations);
        Lbfgs solver = new(objective, new double[objective.Size]);
        double[] solution = solver.Minimize(Tolerance, limit, iteration =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            options.Progress?.Report(new FitProgress(iteration, limit, solver.Value, null));
        });
        return Model(solution, features.FeatureCount);
    }

    private static LinearModel Model(double[] solution, int featureCount)
    {
        int scores = solution.Length / (featureCount + 1);
        double[] slopes = new double[scores * featureCount];
        double[] intercepts = new double[scores];
        for (int score = 0; score < scores; score++)
        {
            ReadOnlySpan<double> own = solution.AsSpan(score * (featureCount + 1), featureCount + 1);
            own[..featureCount].CopyTo(slopes.AsSpan(score * featureCount));
            intercepts[score] = own[^1];
        }

        return new LinearModel(LearnerName, scores == 1 ? LinearLink.Logistic : LinearLink.Softmax, slopes, intercepts, featureCount);
    }
}
