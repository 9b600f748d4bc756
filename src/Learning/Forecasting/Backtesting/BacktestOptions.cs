namespace Trainyard.Learning.Forecasting.Backtesting;

/// <summary>How a method is tried on the past.</summary>
/// <param name="Horizon">Steps to foretell from each origin, from 1 to <see cref="Forecaster.MaximumHorizon"/>.</param>
public sealed record BacktestOptions(int Horizon)
{
    /// <summary>Origins by default, as folds of cross-validation.</summary>
    public const int DefaultOrigins = 5;

    /// <summary>Origins at most: each is a fit.</summary>
    public const int MaximumOrigins = 1000;

    /// <summary>Points in time to forecast from, the last of them one horizon before the end.</summary>
    public int Origins { get; init; } = DefaultOrigins;

    /// <summary>Steps between two origins; 0 for one horizon, so that forecasts do not overlap.</summary>
    public int Stride { get; init; }

    /// <summary>How sure the intervals are to be.</summary>
    public IntervalOptions Intervals { get; init; } = IntervalOptions.Default;

    internal int Step => Stride == 0 ? Horizon : Stride;

    /// <exception cref="LearningException"><c>option_out_of_range</c> or <c>horizon_out_of_range</c>.</exception>
    internal void Validate()
    {
        Intervals.Validate();
        if (Horizon is < 1 or > Forecaster.MaximumHorizon)
        {
            throw new LearningException("horizon_out_of_range", $"The horizon is {Horizon}; it must be a whole number from 1 to {Forecaster.MaximumHorizon}.", "horizon");
        }

        if (Origins is < 1 or > MaximumOrigins)
        {
            throw new LearningException("option_out_of_range", $"The number of origins is {Origins}; it must be from 1 to {MaximumOrigins}.", "origins");
        }

        if (Stride < 0)
        {
            throw new LearningException("option_out_of_range", $"The stride is {Stride}; it must be 0, for one horizon, or more.", "stride");
        }
    }
}
