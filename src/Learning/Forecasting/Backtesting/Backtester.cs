using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Forecasting.Backtesting;

/// <summary>Tries a method on the past by a rolling origin: fit on what was known, foretell, compare with what came.</summary>
/// <remarks>Source: Tashman, Out-of-sample tests of forecasting accuracy, 2000.</remarks>
public static class Backtester
{
    /// <summary>Fits and forecasts from every origin. The result is the same at any thread count.</summary>
    /// <param name="fit">Series, method, settings, seed and threads.</param>
    /// <param name="options">Horizon and origins.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <exception cref="LearningException"><c>series_too_short</c>, <c>option_out_of_range</c>, <c>horizon_out_of_range</c>, or what the method says.</exception>
    public static BacktestResult Run(ForecastFit fit, BacktestOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        fit.Settings.Validate(fit.Method.HyperParameters);
        long needed = options.Horizon + ((options.Origins - 1L) * options.Step) + 2;
        if (fit.Series.Length < needed)
        {
            throw new LearningException("series_too_short", $"The series has {fit.Series.Length} values; {options.Origins} origins, {options.Step} apart, with {options.Horizon} steps after the last need at least {needed}.", "origins");
        }

        BacktestFold[] folds = new BacktestFold[options.Origins];
        int done = 0;
        ParallelWork.For(folds.Length, fit.Options.MaxDegreeOfParallelism, cancellationToken, index =>
        {
            int origin = fit.Series.Length - options.Horizon - ((folds.Length - 1 - index) * options.Step);
            folds[index] = Fold(fit, options, origin, cancellationToken);
            fit.Options.Progress?.Report(new FitProgress(Interlocked.Increment(ref done), folds.Length, null, null));
        });
        return new BacktestResult(folds);
    }

    /// <summary>Compares what a fitted forecaster foretells with what came.</summary>
    /// <param name="forecaster">Fitted on the beginning of the series.</param>
    /// <param name="series">That beginning and what followed.</param>
    /// <param name="intervals">How sure the intervals are to be; null for the default.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <returns>One fold: all that followed.</returns>
    /// <exception cref="LearningException"><c>series_too_short</c>: nothing followed; <c>horizon_out_of_range</c>.</exception>
    public static BacktestResult Measure(Forecaster forecaster, TimeSeries series, IntervalOptions? intervals = null, CancellationToken cancellationToken = default)
    {
        int horizon = series.Length - forecaster.Length;
        if (horizon < 1)
        {
            throw new LearningException("series_too_short", $"The series has {series.Length} values, and the forecaster was fitted on {forecaster.Length}; nothing followed to compare with.");
        }

        Forecast forecast = forecaster.Forecast(horizon, intervals, cancellationToken);
        ForecastValues values = new(
            [.. forecast.Points.Select(point => point.Mean)], [.. forecast.Points.Select(point => point.Lower)], [.. forecast.Points.Select(point => point.Upper)]);
        return new BacktestResult([FoldOf(series, forecaster.Length, values, new LearnerSettings(forecaster.Lineage.Settings))]);
    }

    private static BacktestFold Fold(ForecastFit fit, BacktestOptions options, int origin, CancellationToken cancellationToken)
    {
        TimeSeries known = fit.Series.First(origin);
        FitOptions single = fit.Options with { MaxDegreeOfParallelism = 1, Progress = null };
        IForecastModel model = fit.Method.Fit(known, fit.Settings, single, cancellationToken);
        ForecastValues forecast = model.Forecast(options.Horizon, options.Intervals, cancellationToken);
        return FoldOf(fit.Series, origin, forecast, fit.Settings);
    }

    private static BacktestFold FoldOf(TimeSeries series, int origin, ForecastValues forecast, LearnerSettings settings)
    {
        TimeSeries known = series.First(origin);
        double[] actual = series.Values.Slice(origin, forecast.Mean.Length).ToArray();
        return new BacktestFold(origin, actual, forecast, ForecastErrors.Mase(actual, forecast.Mean, known.Values, SeasonLength.Of(known, settings)));
    }
}
