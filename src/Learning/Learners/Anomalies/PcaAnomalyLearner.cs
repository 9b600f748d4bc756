using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Components;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>Rows that the usual directions of variation do not explain are anomalies.</summary>
/// <remarks>
/// Source: Jackson and Mudholkar, Control procedures for residuals associated with principal component analysis,
/// Technometrics 21, 1979: e, the squared error of a row made again from the components. The score is e / (e + t), where t
/// is the error that <c>contamination</c> of the training rows pass, so that those are above one half. One direction in which
/// rows vary is always left out: a row made of all of them is the row itself, and its error only rounding. Of one feature, e
/// is then the squared distance to the mean.
/// </remarks>
public sealed class PcaAnomalyLearner : ILearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "pca_anomaly";

    private const int RowsPerBlock = 1024;
    private const int LeftOut = 1;

    private static readonly HyperParameter VarianceShare = new("variance_share", 0.95, 0, 1, "Share of the variance that the components kept explain (default: customary).");
    private static readonly HyperParameter Contamination = AnomalyOutputs.Contamination(0.01, "the bound of the usual control chart (default: 1 %, customary)");

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.AnomalyDetection];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [VarianceShare, Contamination];

    /// <inheritdoc/>
    /// <exception cref="LearningException"><c>too_many_features</c>, beside those of every learner.</exception>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        TrainingSetChecks.Check(this, set, settings);
        double order = Math.Min(set.Features.RowCount, set.Features.FeatureCount);
        FitMemory.Check(this, set, options, ((double)set.Features.RowCount * set.Features.FeatureCount) + (2 * order * order));
        PrincipalComponents components = PrincipalComponents.Fit(set.Features, set.Weights, settings.Get(VarianceShare), LeftOut, options.MaxDegreeOfParallelism, cancellationToken);
        double[] errors = new double[set.Features.RowCount];
        ParallelWork.For((errors.Length + RowsPerBlock - 1) / RowsPerBlock, options.MaxDegreeOfParallelism, cancellationToken, block =>
        {
            double[] row = new double[set.Features.FeatureCount];
            for (int index = block * RowsPerBlock; index < Math.Min(errors.Length, (block + 1) * RowsPerBlock); index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                set.Features.CopyRow(index, row);
                errors[index] = components.SquaredError(row);
            }
        });
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return new PcaAnomalyModel(Name, components, AnomalyOutputs.Threshold(errors, settings.Get(Contamination)));
    }
}
