using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Forecasting;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Engines.Tests.MLNet;

public class SsaTests
{
    private const string Method = "mlnet.ssa";

    private static readonly TimeSeries Wave = new(TimeAxis.Counting, Enumerable.Range(0, 120).Select(step => 1000 + (10 * Math.Sin(step * Math.PI / 6))));

    [Fact]
    public void Forecast_OfAWave_GoesOnWithIt()
    {
        Forecaster forecaster = Fit(Wave);

        IReadOnlyList<ForecastPoint> points = forecaster.Forecast(24).Points;

        Assert.All(points, (point, index) => Assert.Equal(1000 + (10 * Math.Sin((120 + index) * Math.PI / 6)), point.Mean, 1.0));
        Assert.All(points, point => Assert.True(point.Lower <= point.Mean && point.Mean <= point.Upper));
    }

    [Fact]
    public void Forecast_OfASurerInterval_IsWider()
    {
        Forecaster forecaster = Fit(SampleSeries.Load("co2-monthly").First(120));

        ForecastPoint usual = forecaster.Forecast(6, new IntervalOptions(0.8)).Points[^1];
        ForecastPoint surer = forecaster.Forecast(6, new IntervalOptions(0.99)).Points[^1];

        Assert.Equal(usual.Mean, surer.Mean);
        Assert.True(surer.Upper - surer.Lower > usual.Upper - usual.Lower);
    }

    [Fact]
    public void Forecast_OfCarbonDioxide_IsNoWorseThanTheLastSeason()
    {
        TimeSeries series = SampleSeries.Load("co2-monthly").First(240);
        double Error(string method) => Backtester.Run(new ForecastFit(series, ForecastCatalog.Get(method)), new BacktestOptions(12), default).Evaluate().Metrics["mae"];

        Assert.InRange(Error(Method), 0, Error("seasonal_naive") * 1.1);
    }

    [Fact]
    public void File_ComesBackByteForByteAndForetellsTheSame()
    {
        Forecaster forecaster = Fit(Wave);
        byte[] file = ForecasterFile.ToBytes(forecaster);

        Forecaster back = ForecasterFile.ReadOwn(file);

        Assert.Equal(forecaster.Forecast(10).Points, back.Forecast(10).Points);
        Assert.Equal(file, ForecasterFile.ToBytes(back));
        Assert.Equal(file, ForecasterFile.ToBytes(Fit(Wave)));
        Assert.Equal("model_file_untrusted", Assert.Throws<LearningException>(() => ForecasterFile.Read(file)).Code);
    }

    [Fact]
    public void Forecast_FromManyThreadsAndAgain_IsTheSame()
    {
        Forecaster forecaster = Fit(Wave);
        IReadOnlyList<ForecastPoint> expected = forecaster.Forecast(8).Points;

        Parallel.For(0, 16, _ => Assert.Equal(expected, forecaster.Forecast(8).Points));
    }

    [Fact]
    public void Fit_OfFewValues_SaysHowManyItNeeds() =>
        Assert.Equal("series_too_short", Assert.Throws<LearningException>(() => Fit(new TimeSeries(TimeAxis.Counting, [1, 2, 3, 4]))).Code);

    [Fact]
    public void Fit_OfAWindowThatTheSeriesIsTooShortFor_NamesTheSetting() =>
        Assert.Equal(("series_too_short", "window_size"), Codes(Assert.Throws<LearningException>(() => Fit(Wave.First(20), ("window_size", 15)))));

    [Fact]
    public void Fit_OfASeriesThatNeverChanges_ForetellsItOrSaysWhyNot()
    {
        TimeSeries still = new(TimeAxis.Counting, Enumerable.Repeat(5.0, 40));

        LearningException? refused = Record.Exception(() => Assert.All(Fit(still).Forecast(3).Points, point => Assert.Equal(5, point.Mean, 1e-6))) as LearningException;

        Assert.Equal(refused is null ? null : "engine_failed", refused?.Code);
    }

    private static (string Code, string? Field) Codes(LearningException failure) => (failure.Code, failure.Field);

    private static Forecaster Fit(TimeSeries series, params (string Name, double Value)[] settings) =>
        Forecaster.Fit(new ForecastFit(series, ForecastCatalog.Get(Method)) { Settings = Some.Settings(settings), Options = new FitOptions(1) }, default);
}
