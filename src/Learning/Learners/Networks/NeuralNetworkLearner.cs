using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>A small neural network: dense layers, trained by Adam on mini-batches.</summary>
/// <remarks>
/// Classes by softmax and cross-entropy, numbers by squared error on standardised labels. With validation rows it stops
/// early and keeps the best epoch. Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986.
/// </remarks>
public sealed class NeuralNetworkLearner : INetworkLearner
{
    /// <summary>The learner's name.</summary>
    public const string LearnerName = "neural_network";

    private static readonly HyperParameter HiddenUnits = new("hidden_units", 100, 1, 4096, "Units of each hidden layer (default: scikit-learn's).") { IsInteger = true, IsLogarithmic = true };
    private static readonly HyperParameter HiddenLayers = new("hidden_layers", 1, 0, 8, "Hidden layers; 0 is logistic or linear regression (default: scikit-learn's).") { IsInteger = true };
    private static readonly HyperParameter ActivationParameter = new("activation", (int)Activation.Relu, (int)Activation.Relu, (int)Activation.Tanh, "What hidden units do to their sums: 0 ReLU, 1 tanh (default: scikit-learn's).") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => LearnerName;

    /// <inheritdoc/>
    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    /// <inheritdoc/>
    public FeatureNeeds Needs => FeatureNeeds.Dense;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [HiddenUnits, HiddenLayers, ActivationParameter, .. NetworkSettings.All];

    /// <inheritdoc/>
    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken) =>
        NetworkTraining.Fit(this, set, settings, options, cancellationToken);

    NetworkShape INetworkLearner.Shape(TrainingSet set, LearnerSettings settings)
    {
        int[] units = [.. Enumerable.Repeat((int)settings.Get(HiddenUnits), (int)settings.Get(HiddenLayers))];
        Activation activation = (Activation)(int)settings.Get(ActivationParameter);
        return set.Task == LearningTask.Classification
            ? new NetworkShape(NetworkInput.Row, set.Features.FeatureCount, units, activation, set.ClassCount, NetworkHead.Softmax)
            : new NetworkShape(NetworkInput.Row, set.Features.FeatureCount, units, activation, 1, NetworkHead.Identity);
    }

    NetworkScale INetworkLearner.Scale(TrainingSet set, CancellationToken cancellationToken) => NetworkScale.Of(set);
}
