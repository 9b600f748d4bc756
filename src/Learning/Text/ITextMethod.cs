using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Text;

/// <summary>An algorithm that learns to tell classes of texts apart.</summary>
/// <remarks>
/// Implementations hold no state and are thread safe. The same texts, settings and seed give a model that writes the same
/// bytes, whatever <see cref="FitOptions.MaxDegreeOfParallelism"/> is.
/// </remarks>
public interface ITextMethod
{
    /// <summary>Stable name, for example <c>text_logistic_regression</c>; stored in files and in lineage.</summary>
    string Name { get; }

    /// <summary>Its hyper-parameters, with ranges and defaults.</summary>
    IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <summary>Fits a model.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="labels">The class index of each, from 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="settings">Hyper-parameters; those that are absent take their default.</param>
    /// <param name="options">Seed, threads, progress.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <exception cref="LearningException">A settings error, <c>text_without_terms</c> or <c>too_many_features</c>.</exception>
    ITextModel Fit(IReadOnlyList<string> texts, double[] labels, int classCount, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken);
}
