using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;

namespace Trainyard.Domain.Pipelines.Steps.Series;

/// <summary>A series by what its values are for.</summary>
/// <param name="Whole">All values.</param>
/// <param name="Known">All but the newest, of which a horizon is held out.</param>
/// <param name="Origins">Points of <paramref name="Known"/> that candidates are tried from.</param>
/// <param name="Horizon">Steps foretold each time.</param>
internal sealed record SeriesParts(TimeSeries Whole, TimeSeries Known, int Origins, int Horizon)
{
    /// <summary>Values that a method needs at least before the first origin.</summary>
    private const int LeastBefore = 2;

    /// <summary>Values that the earliest trial is fitted on.</summary>
    public int EarliestOrigin => Known.Length - (Origins * Horizon);

    /// <summary>Reads and divides the series of a table.</summary>
    /// <remarks>As many origins as leave half of the known values before the first, and <see cref="BacktestOptions.DefaultOrigins"/> at most.</remarks>
    /// <exception cref="LearningException">Those of <see cref="TimeSeries.From"/>; <c>series_too_short</c>.</exception>
    public static SeriesParts Divide(ForecastSettings asked, InspectedDataset data)
    {
        TimeSeries whole = TimeSeries.From(data.Table, asked.TimeColumn, data.Target.Column);
        int needed = (2 * asked.Horizon) + LeastBefore;
        if (whole.Length < needed)
        {
            throw new LearningException(
                "series_too_short", $"The series has {whole.Length} values; a horizon of {asked.Horizon}, held out once and tried once, needs at least {needed}.", "horizon");
        }

        TimeSeries known = whole.First(whole.Length - asked.Horizon);
        int origins = Math.Clamp(known.Length / 2 / asked.Horizon, 1, BacktestOptions.DefaultOrigins);
        return new SeriesParts(whole, known, origins, asked.Horizon);
    }
}
