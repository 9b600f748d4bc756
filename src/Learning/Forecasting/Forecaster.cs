using Trainyard.Learning.Models;

namespace Trainyard.Learning.Forecasting;

/// <summary>What is trained, saved and served for a series: its model and its times as one. Immutable and thread safe.</summary>
public sealed class Forecaster
{
    /// <summary>Steps of one forecast at most: five years of days.</summary>
    public const int MaximumHorizon = 2000;

    /// <summary>Values that one forecast may draw: 160 MB.</summary>
    private const int MaximumDrawn = 20_000_000;

    /// <summary>Puts the parts together.</summary>
    /// <param name="axis">The times of the series that the model was fitted on.</param>
    /// <param name="length">The number of its values, at least 1.</param>
    /// <param name="model">The model.</param>
    /// <param name="lineage">Where it comes from; its learner is the model's method.</param>
    public Forecaster(TimeAxis axis, int length, IForecastModel model, ModelLineage lineage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (Axis, Length, Model, Lineage) = (axis, length, model, lineage);
    }

    /// <summary>The times of the series.</summary>
    public TimeAxis Axis { get; }

    /// <summary>Values of the series that it was fitted on; the forecast begins after them.</summary>
    public int Length { get; }

    /// <summary>The model of the values.</summary>
    public IForecastModel Model { get; }

    /// <summary>Where it comes from.</summary>
    public ModelLineage Lineage { get; }

    /// <summary>Fits a method to a series.</summary>
    /// <exception cref="LearningException">The series or the settings cannot be used; its code says why.</exception>
    public static Forecaster Fit(ForecastFit fit, CancellationToken cancellationToken)
    {
        IForecastModel model = fit.Method.Fit(fit.Series, fit.Settings, fit.Options, cancellationToken);
        ModelLineage lineage = new()
        {
            Learner = fit.Method.Name,
            Settings = fit.Settings.Values,
            Seed = fit.Options.Seed,
            TrainingRows = fit.Series.Length,
            LibraryVersion = TabularTrainer.LibraryVersion,
            Dataset = fit.Dataset,
            DatasetSha256 = fit.DatasetSha256,
        };
        return new Forecaster(fit.Series.Axis, fit.Series.Length, model, lineage);
    }

    /// <summary>Foretells the steps after the series.</summary>
    /// <param name="horizon">Steps, from 1 to <see cref="MaximumHorizon"/>.</param>
    /// <param name="intervals">How sure the bounds are to be; null for 95 %.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <exception cref="LearningException"><c>horizon_out_of_range</c> or <c>option_out_of_range</c>.</exception>
    public Forecast Forecast(int horizon, IntervalOptions? intervals = null, CancellationToken cancellationToken = default)
    {
        intervals ??= IntervalOptions.Default;
        intervals.Validate();
        if (horizon is < 1 or > MaximumHorizon)
        {
            throw new LearningException("horizon_out_of_range", $"The horizon is {horizon}; it must be a whole number from 1 to {MaximumHorizon}.", "horizon");
        }

        if ((long)horizon * intervals.Paths > MaximumDrawn)
        {
            throw new LearningException("option_out_of_range", $"{intervals.Paths} paths of {horizon} steps are too many; at this horizon at most {MaximumDrawn / horizon} paths can be drawn.", "paths");
        }

        ForecastValues values = Model.Forecast(horizon, intervals, cancellationToken);
        ForecastPoint[] points = new ForecastPoint[horizon];
        for (int step = 0; step < horizon; step++)
        {
            points[step] = new ForecastPoint(Axis.TextAt(Length + (long)step), values.Mean[step], values.Lower[step], values.Upper[step]);
        }

        return new Forecast(Model.Method, intervals.Level, points);
    }

    /// <summary>The same forecaster with other lineage, for example once it has been evaluated.</summary>
    public Forecaster With(ModelLineage lineage) => new(Axis, Length, Model, lineage);
}
