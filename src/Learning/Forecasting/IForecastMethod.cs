using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting;

/// <summary>An algorithm that turns a series into a model of its future.</summary>
/// <remarks>
/// Implementations hold no state and are thread safe. The same series, settings and seed give a model that writes the same
/// bytes, whatever <see cref="FitOptions.MaxDegreeOfParallelism"/> is.
/// </remarks>
public interface IForecastMethod
{
    /// <summary>Stable name, for example <c>exponential_smoothing</c>; stored in files and in lineage.</summary>
    string Name { get; }

    /// <summary>Its hyper-parameters, with ranges and defaults.</summary>
    IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <summary>Fits a model.</summary>
    /// <param name="series">The past.</param>
    /// <param name="settings">Hyper-parameters; those that are absent take their default.</param>
    /// <param name="options">Seed, threads, progress.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <exception cref="LearningException">A settings error, <c>series_too_short</c>, or what the method says of its own.</exception>
    IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken);
}
