using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting;

/// <summary>What one fit needs.</summary>
/// <param name="Series">The past.</param>
/// <param name="Method">By what.</param>
public sealed record ForecastFit(TimeSeries Series, IForecastMethod Method)
{
    /// <summary>Hyper-parameters; all defaults unless set.</summary>
    public LearnerSettings Settings { get; init; } = LearnerSettings.Defaults;

    /// <summary>Seed, threads, progress.</summary>
    public FitOptions Options { get; init; } = new(Seed: 0);

    /// <summary>Where the data came from, for the lineage.</summary>
    public string? Dataset { get; init; }

    /// <summary>SHA-256 of the data's bytes in lower-case hexadecimal, for the lineage.</summary>
    public string? DatasetSha256 { get; init; }
}
