using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>A small recurrent network: the features, in their order, are the steps of one sequence.</summary>
/// <remarks>
/// A long short-term memory cell reads them, a dense layer answers from its last state; trained as
/// <see cref="NeuralNetworkLearner"/>. All features are standardised alike, since they are one quantity at different times.
/// </remarks>
public sealed class SequenceNetworkLearner : INetworkLearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "sequence_network";

    private static readonly HyperParameter Units = new("units", 16, 1, 512, "Values of the cell's state (default: enough for a season and a trend).") { IsInteger = true, IsLogarithmic = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs { get; } = new(OneHotCategories: true, Standardize: false, ImputeMissing: true);

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [Units, .. NetworkSettings.All];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken) =>
        NetworkTraining.Fit(this, set, settings, options, cancellationToken);

    NetworkShape INetworkLearner.Shape(TrainingSet set, LearnerSettings settings) => set.Task == LearningTask.Classification
        ? new NetworkShape(NetworkInput.Sequence, set.Features.FeatureCount, [(int)settings.Get(Units)], Activation.Tanh, set.ClassCount, NetworkHead.Softmax)
        : new NetworkShape(NetworkInput.Sequence, set.Features.FeatureCount, [(int)settings.Get(Units)], Activation.Tanh, 1, NetworkHead.Identity);

    // The variance of all is the mean of the columns' variances and of their means' squared distances.
    NetworkScale INetworkLearner.Scale(TrainingSet set, CancellationToken cancellationToken)
    {
        double[] means = new double[set.Features.FeatureCount];
        double[] deviations = new double[means.Length];
        for (int feature = 0; feature < means.Length; feature++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (means[feature], deviations[feature]) = Statistics.MeanAndDeviation(set.Features.Column(feature));
        }

        (double mean, double between) = means.Length == 0 ? (0, 0) : Statistics.MeanAndDeviation(means);
        double largest = Math.Max(between, deviations.DefaultIfEmpty(0).Max());
        if (largest == 0)
        {
            return NetworkScale.Of(set) with { InputMean = mean };
        }

        // Shares of the largest keep squares from leaving the range of numbers.
        double within = deviations.Average(each => each / largest * (each / largest));
        return NetworkScale.Of(set) with { InputMean = mean, InputDeviation = largest * Math.Sqrt(within + (between / largest * (between / largest))) };
    }
}
