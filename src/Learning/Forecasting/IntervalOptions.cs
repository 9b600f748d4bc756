namespace Trainyard.Learning.Forecasting;

/// <summary>How prediction intervals are made.</summary>
/// <param name="Level">The share of futures that each interval is to hold, for example 0.95.</param>
public sealed record IntervalOptions(double Level)
{
    /// <summary>The share that statistical packages show first.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>The least sure interval.</summary>
    public const double MinimumLevel = 0.01;

    /// <summary>The surest interval: beyond, simulated bounds would rest on a handful of paths.</summary>
    public const double MaximumLevel = 0.999;

    /// <summary>Paths by default: as R's forecast package.</summary>
    public const int DefaultPaths = 5000;

    /// <summary>Paths at most: 80 MB for 100 steps.</summary>
    public const int MaximumPaths = 100_000;

    /// <summary>95 % by 5,000 paths.</summary>
    public static IntervalOptions Default { get; } = new(DefaultLevel);

    /// <summary>Futures to draw where no formula gives the interval, from 100 on.</summary>
    public int Paths { get; init; } = DefaultPaths;

    /// <summary>The only source of randomness of the paths.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="LearningException"><c>option_out_of_range</c>.</exception>
    internal void Validate()
    {
        if (!(Level >= MinimumLevel && Level <= MaximumLevel))
        {
            throw new LearningException("option_out_of_range", $"The interval level is {Level}; it must be from {MinimumLevel} to {MaximumLevel}.", "level");
        }

        const int MinimumPaths = 100;
        if (Paths is < MinimumPaths or > MaximumPaths)
        {
            throw new LearningException("option_out_of_range", $"The number of paths is {Paths}; it must be from {MinimumPaths} to {MaximumPaths}.", "paths");
        }
    }
}
