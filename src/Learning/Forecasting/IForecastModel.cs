using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Forecasting;

/// <summary>A model of the steps that follow one series. Immutable and thread safe.</summary>
public interface IForecastModel
{
    /// <summary>The name of the method that made it; selects the reader when it is loaded again.</summary>
    string Method { get; }

    /// <summary>Foretells the steps after the end of the series.</summary>
    /// <param name="horizon">Steps, at least 1.</param>
    /// <param name="intervals">How sure the bounds are to be, and how they are drawn where no formula gives them.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken);

    /// <summary>Writes what the reader of the same method needs to build an equal model.</summary>
    void Write(SectionWriter writer);
}
