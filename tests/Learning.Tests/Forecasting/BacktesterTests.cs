using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Forecasting;

public class BacktesterTests
{
    [Fact]
    public void Run_OfTheNaiveForecast_GivesTheErrorsComputedByHand()
    {
        // Origins 4 and 6: 8 foretells 9, 5; then 5 foretells 7, 1.
        BacktestResult result = Run([1, 2, 4, 8, 9, 5, 7, 1], new BacktestOptions(2) { Origins = 2 });

        Assert.Equal([4, 6], result.Folds.Select(fold => fold.Origin));
        Assert.Equal([8, 8], result.Folds[0].Forecast.Mean);
        Assert.Equal([7, 1], result.Folds[1].Actual);
        Assert.Equal((1 + 3 + 2 + 4) / 4.0, result.Mae, 1e-12);
        Assert.Equal(Math.Sqrt((1 + 9 + 4 + 16) / 4.0), result.Rmse, 1e-12);
        Assert.Equal(((2 / 17.0) + (6 / 13.0) + (4 / 12.0) + (8 / 6.0)) / 4, result.Smape, 1e-12);

        // The naive errors within 1 2 4 8 are 1 2 4; within 1 2 4 8 9 5 they are 1 2 4 1 4.
        Assert.Equal(((2 / (7 / 3.0)) + (3 / (12 / 5.0))) / 2, result.Mase!.Value, 1e-12);
    }

    [Fact]
    public void Evaluate_NamesTheErrorsAsTheCatalogDoes()
    {
        BacktestResult result = Run([1, 2, 4, 8, 9, 5, 7, 1], new BacktestOptions(2) { Origins = 2 });
        Evaluation evaluation = result.Evaluate();
        Assert.Equal(MetricCatalog.For(LearningTask.Forecasting).Select(metric => metric.Name).Order(StringComparer.Ordinal), evaluation.Metrics.Keys);
        Assert.Equal((result.Mase, result.Smape, result.Rmse, result.Coverage), (evaluation.Value("mase"), evaluation.Value("SMAPE"), evaluation.Value("rmse"), evaluation.Value("coverage")));
        Assert.DoesNotContain("mase", Run([3, 3, 3, 3, 3, 3, 3], new BacktestOptions(1) { Origins = 2 }).Evaluate().Metrics.Keys);
    }

    [Fact]
    public void Run_WithAStride_OverlapsForecasts() =>
        Assert.Equal([4, 5, 6], Run([1, 2, 4, 8, 9, 5, 7, 1], new BacktestOptions(2) { Origins = 3, Stride = 1 }).Folds.Select(fold => fold.Origin));

    [Fact]
    public void Run_OfAConstant_LeavesTheScaledErrorUndefined()
    {
        BacktestResult result = Run([3, 3, 3, 3, 3, 3, 3], new BacktestOptions(1) { Origins = 2 });
        Assert.Null(result.Mase);
        Assert.Equal((0, 0, 1), (result.Mae, result.Smape, result.Coverage));
    }

    [Fact]
    public void Run_AtAnyThreadCount_GivesTheSame()
    {
        BacktestResult[] results = [.. ((int[])[1, 3]).Select(threads => Backtester.Run(
            new ForecastFit(SampleSeries.Load("sunspots-yearly"), ForecastCatalog.Get("exponential_smoothing")) { Options = new FitOptions(1) { MaxDegreeOfParallelism = threads } },
            new BacktestOptions(5),
            default))];
        Assert.Equal(results[0].Folds.SelectMany(fold => fold.Forecast.Upper), results[1].Folds.SelectMany(fold => fold.Forecast.Upper));
    }

    [Fact]
    public void Run_OfExponentialSmoothingOnCo2_BeatsTheNaiveForecastAndCoversWhatCame()
    {
        BacktestResult result = Backtester.Run(new ForecastFit(SampleSeries.Load("co2-monthly").First(240), ForecastCatalog.Get("exponential_smoothing")), new BacktestOptions(12), default);
        Assert.True(result.Mase < 0.6, $"MASE {result.Mase}");
        Assert.InRange(result.Coverage, 0.85, 1);
    }

    [Theory]
    [InlineData(0, 1, 0, "horizon_out_of_range", "horizon")]
    [InlineData(1, 0, 0, "option_out_of_range", "origins")]
    [InlineData(1, 1, -1, "option_out_of_range", "stride")]
    [InlineData(3, 3, 0, "series_too_short", "origins")]
    [InlineData(2000, 1000, int.MaxValue, "series_too_short", "origins")]
    public void Run_WithOptionsOutOfRange_SaysSo(int horizon, int origins, int stride, string code, string field)
    {
        LearningException failure = Assert.Throws<LearningException>(() => Run(new double[10], new BacktestOptions(horizon) { Origins = origins, Stride = stride }));
        Assert.Equal((code, field), (failure.Code, failure.Field));
    }

    private static BacktestResult Run(double[] values, BacktestOptions options) =>
        Backtester.Run(new ForecastFit(new TimeSeries(TimeAxis.Counting, values), ForecastCatalog.Get("seasonal_naive")) { Settings = Some.Settings(("season_length", 1)) }, options, default);

    [Theory]
    [InlineData("seasonal_naive")]
    [InlineData("lag_regression")]
    public void Measure_ForecasterOfTheBeginning_IsTheTrialFromThatOrigin(string method)
    {
        TimeSeries whole = SampleSeries.Load("co2-monthly").First(120);
        ForecastFit fit = new(whole, ForecastCatalog.Get(method));
        Forecaster forecaster = Forecaster.Fit(fit with { Series = whole.First(108) }, default);

        BacktestResult measured = Backtester.Measure(forecaster, whole);

        Assert.Equal(Backtester.Run(fit, new BacktestOptions(12) { Origins = 1 }, default).Evaluate().Metrics, measured.Evaluate().Metrics);
        Assert.Equal(108, Assert.Single(measured.Folds).Origin);
    }

    [Fact]
    public void Measure_NothingThatFollowed_IsRefused()
    {
        TimeSeries whole = SampleSeries.Load("co2-monthly").First(60);
        Forecaster forecaster = Forecaster.Fit(new ForecastFit(whole, ForecastCatalog.Get("seasonal_naive")), default);

        Assert.Equal("series_too_short", Assert.Throws<LearningException>(() => Backtester.Measure(forecaster, whole)).Code);
    }
}
