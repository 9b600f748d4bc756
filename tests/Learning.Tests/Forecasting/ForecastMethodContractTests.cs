using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Forecasting;

/// <summary>What holds for every forecasting method.</summary>
public class ForecastMethodContractTests
{

    private static readonly IntervalOptions Few = IntervalOptions.Default with { Paths = 200 };

    public static TheoryData<string> Methods { get; } = [.. ForecastCatalog.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Forecast_OnOrdinarySeries_GivesFiniteIntervalsAroundTheMean(string method)
    {
        Forecast forecast = Fit(method).Forecast(30, Few);
        Assert.Equal(30, forecast.Points.Count);
        Assert.Equal("2001-12-01", Fit("seasonal_naive", SampleSeries.Load("co2-monthly").First(525)).Forecast(1).Points[0].Time);
        Assert.All(forecast.Points, point => Assert.True(double.IsFinite(point.Lower) && point.Lower <= point.Mean && point.Mean <= point.Upper && double.IsFinite(point.Upper)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_OfWhatWasWritten_IsAnEqualForecaster(string method)
    {
        Forecaster forecaster = Fit(method);
        byte[] file = ForecasterFile.ToBytes(forecaster);
        Forecaster back = ForecasterFile.Read(file);
        Assert.Equal(forecaster.Forecast(20, Few).Points, back.Forecast(20, Few).Points);
        Assert.Equal(forecaster.Axis, back.Axis);
        Assert.Equal(file, ForecasterFile.ToBytes(back));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_AtAnyThreadCount_WritesTheSameBytes(string method)
    {
        byte[] single = ForecasterFile.ToBytes(Fit(method, threads: 1));
        Assert.All([2, 5], threads => Assert.Equal(single, ForecasterFile.ToBytes(Fit(method, threads: threads))));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Forecast_WithAnotherSeed_KeepsTheMean(string method)
    {
        Forecaster forecaster = Fit(method);
        Assert.Equal(forecaster.Forecast(5, Few).Points.Select(point => point.Mean), forecaster.Forecast(5, Few with { Seed = 9 }).Points.Select(point => point.Mean));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OfAConstant_ForeseesIt(string method) =>
        Assert.All(Fit(method, new TimeSeries(TimeAxis.Counting, Enumerable.Repeat(4.0, 60))).Forecast(5, Few).Points, point => Assert.Equal((4, 4, 4), (Math.Round(point.Mean, 9), Math.Round(point.Lower, 9), Math.Round(point.Upper, 9))));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OfTooFewValues_SaysSo(string method) =>
        Assert.Equal("series_too_short", Assert.Throws<LearningException>(() => Fit(method, new TimeSeries(TimeAxis.Counting, [1]))).Code);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_WithASeasonOfMoreThanHalfTheSeries_SaysSo(string method)
    {
        TimeSeries series = new(TimeAxis.Counting, Enumerable.Range(0, 40).Select(step => (double)(step % 21)));
        LearningException failure = Assert.Throws<LearningException>(() => ForecastCatalog.Get(method).Fit(series, Some.Settings(("season_length", 21)), new FitOptions(0), default));
        Assert.Equal(("series_too_short", "season_length"), (failure.Code, failure.Field));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_WithSettingOutOfRange_SaysWhatIsAllowed(string method)
    {
        foreach (HyperParameter parameter in ForecastCatalog.Get(method).HyperParameters)
        {
            Assert.All([parameter.Minimum - 1, (parameter.Maximum * 2) + 1, double.NaN], value =>
                Assert.Equal("setting_out_of_range", Assert.Throws<LearningException>(() => ForecastCatalog.Get(method).Fit(SampleSeries.Load("co2-monthly"), Some.Settings((parameter.Name, value)), new FitOptions(0), default)).Code));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OnceCancelled_Stops(string method)
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ForecastCatalog.Get(method).Fit(SampleSeries.Load("co2-monthly"), LearnerSettings.Defaults, new FitOptions(0), source.Token));
    }

    [Theory]
    [InlineData("exponential_smoothing")]
    [InlineData("lag_boosting")]
    public void Fit_CancelledUnderWay_Stops(string method)
    {
        using CancellationTokenSource source = new();
        FitOptions options = new(0) { Progress = new Cancelling(source) };
        Assert.ThrowsAny<OperationCanceledException>(() => ForecastCatalog.Get(method).Fit(SampleSeries.Load("co2-monthly"), LearnerSettings.Defaults, options, source.Token));
    }

    [Theory]
    [InlineData("exponential_smoothing", "error", 2)]
    [InlineData("lag_boosting", "difference", 1)]
    [InlineData("lag_regression", "difference", 1)]
    public void Forecast_OnceCancelled_StopsDrawing(string method, string setting, double value)
    {
        using CancellationTokenSource source = new();
        Forecaster forecaster = Fit(method, SampleSeries.Load("co2-monthly").First(60), (setting, value));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => forecaster.Forecast(5, Few, source.Token));
    }

    [Theory]
    [InlineData(0, 0.95, 1000, "horizon_out_of_range")]
    [InlineData(2001, 0.95, 1000, "horizon_out_of_range")]
    [InlineData(5, 1, 1000, "option_out_of_range")]
    [InlineData(5, double.NaN, 1000, "option_out_of_range")]
    [InlineData(5, 0.95, 99, "option_out_of_range")]
    [InlineData(2000, 0.95, 100_000, "option_out_of_range")]
    public void Forecast_WithOptionsOutOfRange_SaysSo(int horizon, double level, int paths, string code) =>
        Assert.Equal(code, Assert.Throws<LearningException>(() => Fit("seasonal_naive").Forecast(horizon, new IntervalOptions(level) { Paths = paths })).Code);

    [Fact]
    public void Read_OfATabularModel_SaysWhatIsMissing()
    {
        LearningException failure = Assert.Throws<LearningException>(() => ForecasterFile.Read(TabularModelFile.ToBytes(SampleTables.Fit("iris", "decision_tree"))));
        Assert.Equal(("model_file_section_missing", "forecaster"), (failure.Code, failure.Field));
        LearningException reversed = Assert.Throws<LearningException>(() => TabularModelFile.Read(ForecasterFile.ToBytes(Fit("seasonal_naive"))));
        Assert.Equal(("model_file_invalid", "forecaster"), (reversed.Code, reversed.Field));
    }

    [Fact]
    public void Get_OfAnUnknownMethod_NamesTheKnownOnes() =>
        Assert.Contains("exponential_smoothing", Assert.Throws<LearningException>(() => ForecastCatalog.Get("oracle")).Message, StringComparison.Ordinal);

    private static Forecaster Fit(string method, TimeSeries? series = null, params (string Name, double Value)[] settings) =>
        Fit(method, series, int.MaxValue, settings);

    private static Forecaster Fit(string method, int threads) => Fit(method, null, threads);

    private static Forecaster Fit(string method, TimeSeries? series, int threads, params (string Name, double Value)[] settings) =>
        Forecaster.Fit(
            new ForecastFit(series ?? SampleSeries.Load("co2-monthly").First(120), ForecastCatalog.Get(method))
            {
                Settings = Some.Settings(settings),
                Options = new FitOptions(3) { MaxDegreeOfParallelism = threads == int.MaxValue ? Environment.ProcessorCount : threads },
            },
            default);

    /// <summary>Cancels as soon as there is progress.</summary>
    private sealed class Cancelling(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => source.Cancel();
    }
}
