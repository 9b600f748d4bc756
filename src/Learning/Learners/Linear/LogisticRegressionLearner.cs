using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Logistic regression; softmax for more than two classes. Fitted by L-BFGS.</summary>
/// <remarks>
/// Minimises Σ wᵢ ln(1 / p(yᵢ | xᵢ)) + l2/2 Σ β² over standardised features x, as scikit-learn's StandardScaler and
/// LogisticRegression with C = 1 / l2 in a pipeline; intercepts are not penalised. Features of zeros and ones are not
/// standardised. The model's weights are those of the features as they came, β / deviation. Stops when no partial
/// derivative of the mean loss passes 1e-7.
/// </remarks>
public sealed class LogisticRegressionLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "logistic_regression";

    private const double Tolerance = 1e-7;

    private static readonly HyperParameter L2 = new("l2", 1, 0, 1e9, "Strength of the penalty on squared weights of standardised features (default: scikit-learn's 1 / C).") { IsLogarithmic = true };
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
        CheckMemory(set, options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        double[] weights = TargetBuilder.Weights(set);
        StandardizedFeatures standard = StandardizedFeatures.Of(set, weights, parallel);
        LogisticObjective objective = new(standard.Features, set.Labels, weights, set.ClassCount, settings.Get(L2));
        int limit = (int)settings.Get(Iterations);
        Lbfgs solver = new(objective, new double[objective.Size]);
        double[] solution = solver.Minimize(Tolerance, limit, iteration =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            options.Progress?.Report(new FitProgress(iteration, limit, solver.Value, null));
        });
        return Model(solution, standard);
    }

    private void CheckMemory(TrainingSet set, FitOptions options)
    {
        double scores = set.ClassCount == 2 ? 1 : set.ClassCount;
        double weights = scores * (set.Features.FeatureCount + 1);
        double gradients = weights * DenseFeatures.BlocksFor(set.Features.RowCount);
        FitMemory.Check(this, set, options, (scores * set.Features.RowCount) + gradients + (Lbfgs.HeldVectors * weights), gradients);
    }

    private static LinearModel Model(double[] solution, StandardizedFeatures standard)
    {
        int featureCount = standard.Features.FeatureCount;
        int scores = solution.Length / (featureCount + 1);
        double[] slopes = new double[scores * featureCount];
        double[] intercepts = new double[scores];
        for (int score = 0; score < scores; score++)
        {
            ReadOnlySpan<double> own = solution.AsSpan(score * (featureCount + 1), featureCount + 1);
            own[..featureCount].CopyTo(slopes.AsSpan(score * featureCount));
            intercepts[score] = own[^1];
        }

        return standard.Model(LearnerName, scores == 1 ? LinearLink.Logistic : LinearLink.Softmax, slopes, intercepts);
    }
}
