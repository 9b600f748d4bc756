using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Forecasting;

public class LagMethodTests
{
    [Fact]
    public void Forecast_OfARecurrence_FollowsIt()
    {
        // yₜ = 2 cos(w) yₜ₋₁ - yₜ₋₂ has only two lags to find.
        double[] wave = [.. Enumerable.Range(0, 90).Select(step => Math.Sin(0.4 * step))];
        ForecastValues forecast = Fit("lag_regression", wave[..60], ("lags", 2), ("difference", 0));
        Assert.All(forecast.Mean, (value, step) => Assert.Equal(wave[60 + step], value, 1e-4));
    }

    [Fact]
    public void Forecast_OfALine_GoesOnWhereDifferencesAreLearned()
    {
        double[] line = [.. Enumerable.Range(0, 60).Select(step => 3.0 * step)];
        Assert.Equal(3.0 * 89, Fit("lag_boosting", line).Mean[^1], 1e-6);

        // Trees that learn the value itself know nothing above what they have seen.
        Assert.True(Fit("lag_boosting", line, ("difference", 0)).Mean[^1] < 3.0 * 60);
    }

    [Theory]
    [InlineData("lag_regression")]
    [InlineData("lag_boosting")]
    public void Forecast_OfSeasonPlaces_ContinuesFromTheRightOne(string method)
    {
        double[] season = [0, 10, 3];
        double[] values = [.. Enumerable.Range(0, 100).Select(step => season[step % 3])];
        ForecastValues forecast = Fit(method, values, ("season_length", 3), ("lags", 2));
        Assert.All(forecast.Mean, (value, step) => Assert.Equal(season[(100 + step) % 3], value, 0.1));
    }

    [Theory]
    [InlineData("lag_regression")]
    [InlineData("lag_boosting")]
    public void Backtest_OfCo2_BeatsTheNaiveForecast(string method)
    {
        TimeSeries series = SampleSeries.Load("co2-monthly").First(240);
        BacktestOptions options = new(12) { Origins = 3, Intervals = IntervalOptions.Default with { Paths = 200 } };
        double naive = Run("seasonal_naive").Mae;
        BacktestResult result = Run(method);
        Assert.True(result.Mae < naive, $"{method} has {result.Mae}, naive {naive}");

        BacktestResult Run(string name) => Backtester.Run(new ForecastFit(series, ForecastCatalog.Get(name)), options, default);
    }

    [Fact]
    public void Fit_WithMoreLagsThanTheSeriesAllows_SaysHowManyAreNeeded()
    {
        LearningException failure = Assert.Throws<LearningException>(() => Fit("lag_boosting", new double[30], ("lags", 21)));
        Assert.Equal(("series_too_short", "lags"), (failure.Code, failure.Field));
        Assert.Contains("31", failure.Message, StringComparison.Ordinal);
    }

    private static ForecastValues Fit(string method, double[] values, params (string Name, double Value)[] settings) =>
        ForecastCatalog.Get(method).Fit(new TimeSeries(TimeAxis.Counting, values), Some.Settings(settings), new FitOptions(0), default)
            .Forecast(30, IntervalOptions.Default with { Paths = 100 }, default);
}
