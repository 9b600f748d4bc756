using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners;

/// <summary>An algorithm that turns a training set into a model.</summary>
/// <remarks>
/// Implementations hold no state and are thread safe. The same set, settings and seed give a model that writes the
/// same bytes, whatever <see cref="FitOptions.MaxDegreeOfParallelism"/> is. Learners of a <see cref="LearnerEngine"/> do so on
/// one machine, and observe a cancellation as often as the engine's library lets them.
/// </remarks>
public interface ILearner
{
    /// <summary>Stable name, for example <c>gradient_boosting</c>; stored in model files and in lineage.</summary>
    string Name { get; }

    /// <summary>What it can predict.</summary>
    IReadOnlyList<LearningTask> Tasks { get; }

    /// <summary>How it wants columns turned into features.</summary>
    FeatureNeeds Needs { get; }

    /// <summary>Its hyper-parameters, with ranges and defaults.</summary>
    IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <summary>Whether it keeps <see cref="TrainingSet.Monotone"/>; others refuse a set with constraints (<c>monotone_unsupported</c>).</summary>
    bool KeepsMonotone => false;

    /// <summary>Fits a model.</summary>
    /// <param name="set">What to learn from; at least one row.</param>
    /// <param name="settings">Hyper-parameters; those that are absent take their default.</param>
    /// <param name="options">Seed, threads, progress.</param>
    /// <param name="cancellationToken">Observed so often that a fit ends within 200 ms of a cancellation.</param>
    /// <exception cref="LearningException">The settings or the set cannot be used; its code says why.</exception>
    IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken);
}
