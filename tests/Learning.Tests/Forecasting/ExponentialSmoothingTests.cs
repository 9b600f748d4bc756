using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Smoothing;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Forecasting;

public class ExponentialSmoothingTests
{
    private const ulong Seed = 77;

    [Fact]
    public void Fit_OfAConstant_GoesOnWithoutDoubt()
    {
        ForecastValues forecast = Fit([.. Enumerable.Repeat(5.0, 30)]).Forecast(3, IntervalOptions.Default, default);
        Assert.All(forecast.Mean, value => Assert.Equal(5, value, 1e-9));
        Assert.All(forecast.Upper, value => Assert.Equal(5, value, 1e-9));
    }

    [Fact]
    public void Fit_OfZeros_ForeseesZeros() =>
        Assert.All(Fit(new double[20]).Forecast(3, IntervalOptions.Default, default).Mean, value => Assert.Equal(0, value));

    [Fact]
    public void Fit_OfALine_GoesOnAlongIt()
    {
        ExponentialSmoothingModel model = Fit([.. Enumerable.Range(0, 30).Select(step => 7 - (2.0 * step))]);
        Assert.Equal("ETS(A,A,N)", model.Form);
        Assert.Equal(7 - (2.0 * 39), model.Forecast(10, IntervalOptions.Default, default).Mean[9], 1e-6);
    }

    [Fact]
    public void Fit_OfARepeatingSeason_RepeatsIt()
    {
        double[] season = [3, 9, 4, -2];
        ExponentialSmoothingModel model = Fit([.. Enumerable.Range(0, 40).Select(step => season[step % 4])], ("season_length", 4));
        Assert.Equal("ETS(A,N,A)", model.Form);
        Assert.All(model.Forecast(8, IntervalOptions.Default, default).Mean, (value, step) => Assert.Equal(season[step % 4], value, 1e-6));
    }

    [Theory]
    [InlineData("co2-monthly", 'A')]
    [InlineData("sunspots-yearly", 'N')]
    public void Fit_OfSamples_ChoosesWhatHasTheLowestAicc(string name, char seasonal)
    {
        TimeSeries series = SampleSeries.Load(name).First(180);
        ExponentialSmoothingModel chosen = (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(series, LearnerSettings.Defaults, new FitOptions(0), default);
        Assert.Equal(seasonal == 'N', chosen.Form.EndsWith("N)", StringComparison.Ordinal));
        foreach (double trend in (double[])[1, 2, 3])
        {
            ExponentialSmoothingModel other = (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(series, Some.Settings(("trend", trend)), new FitOptions(0), default);
            Assert.True(other.Aicc >= chosen.Aicc - 1e-6, $"{other.Form} has {other.Aicc}, {chosen.Form} {chosen.Aicc}");
        }
    }

    [Theory]
    [InlineData(1e100)]
    [InlineData(1e-100)]
    [InlineData(3.7)]
    public void Fit_OfAScaledSeries_ScalesTheForecast(double factor)
    {
        double[] values = Drawn(new DeterministicRandom(Seed), 80, multiplies: true);
        ForecastValues plain = Fit(values, ("season_length", 4)).Forecast(6, IntervalOptions.Default with { Paths = 200 }, default);
        ForecastValues scaled = Fit(Array.ConvertAll(values, value => value * factor), ("season_length", 4)).Forecast(6, IntervalOptions.Default with { Paths = 200 }, default);
        Assert.All(plain.Mean, (value, step) => Assert.Equal(1, scaled.Mean[step] / factor / value, 1e-4));
        Assert.All(plain.Upper, (value, step) => Assert.Equal(1, scaled.Upper[step] / factor / value, 1e-3));
    }

    [Fact]
    public void Step_OfTheSums_FollowsTheGradient()
    {
        // Against central differences, for the form in which every derivative takes part.
        SmoothingForm form = new(ErrorKind.Multiplicative, TrendKind.Damped, SeasonKind.Multiplicative, 4);
        double[] values = Drawn(new DeterministicRandom(Seed), 40, multiplies: true);
        SmoothingObjective objective = new(form, values, []);
        double[] point = [-1.2, -2, -1.5, 0.4, 19, 0.3, 1.1, 0.9, 1.2];
        NormalSums sums = new(objective.Size);
        objective.Evaluate(point, sums);

        // Under heavy damping a step is -gradient / (diagonal × damping): both sides of a step tell the direction.
        double[] step = sums.Step(1e8);
        double slope = 0;
        for (int index = 0; index < point.Length; index++)
        {
            double shift = 1e-5 * Math.Max(1, Math.Abs(point[index]));
            double[] above = [.. point];
            double[] below = [.. point];
            above[index] += shift;
            below[index] -= shift;
            double partial = (objective.Evaluate(above, null).Objective - objective.Evaluate(below, null).Objective) / (2 * shift);
            Assert.Equal(-Math.Sign(partial), Math.Sign(step[index]));
            slope += partial * step[index];
        }

        double[] ahead = [.. point.Zip(step, (from, by) => from + (1e4 * by))];
        double[] back = [.. point.Zip(step, (from, by) => from - (1e4 * by))];
        double measured = (objective.Evaluate(ahead, null).Objective - objective.Evaluate(back, null).Objective) / 2e4;
        Assert.Equal(slope, measured, 1e-5 * Math.Abs(slope));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forecast_OnDrawnSeries_CoversWhatItPromises(bool multiplies)
    {
        const int horizon = 6;
        int inside = 0;
        const int runs = 150;
        for (int run = 0; run < runs; run++)
        {
            double[] values = Drawn(new DeterministicRandom(Seed).Fork((ulong)run), 120 + horizon, multiplies);
            (string, double)[] settings = [("season_length", 4), ("error", multiplies ? 2 : 1), ("trend", 1), ("season", multiplies ? 3 : 2)];
            ForecastValues forecast = Fit(values[..^horizon], settings).Forecast(horizon, new IntervalOptions(0.9) { Paths = 1000 }, default);
            inside += Enumerable.Range(0, horizon).Count(step => values[^(horizon - step)] >= forecast.Lower[step] && values[^(horizon - step)] <= forecast.Upper[step]);
        }

        // 900 points that are not independent: about two standard errors, and a little less for estimated weights.
        Assert.InRange((double)inside / (runs * horizon), 0.86, 0.93);
    }

    [Theory]
    [InlineData("trend", 2, 6, "series_too_short", null)]
    [InlineData("season_length", 4, 7, "series_too_short", "season_length")]
    [InlineData("season", 2, 40, "season_length_missing", "season_length")]
    [InlineData("error", 2, 40, "series_not_positive", "error")]
    [InlineData("season_length", 367, 40, "setting_out_of_range", "season_length")]
    [InlineData("alpha", 0.5, 40, "setting_unknown", "alpha")]
    public void Fit_OfWhatCannotBe_SaysWhy(string setting, double value, int length, string code, string? field)
    {
        LearningException failure = Assert.Throws<LearningException>(() => Fit([.. Enumerable.Range(0, length).Select(step => Math.Sin(step) - 0.1)], (setting, value)));
        Assert.Equal((code, field), (failure.Code, failure.Field));
    }

    [Fact]
    public void Fit_OfTooFewForAnything_SaysHowManyAreNeeded()
    {
        LearningException failure = Assert.Throws<LearningException>(() => Fit([1, 2, 3, 4]));
        Assert.Equal("series_too_short", failure.Code);
        Assert.Contains("at least 5", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(Fit([1, 2, 3, 4, 6]));
    }

    [Fact]
    public void Fit_OfMonthsOverLessThanTwoYears_LeavesTheSeasonOut()
    {
        TimeSeries series = new(TimeAxis.Months(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1), Enumerable.Range(0, 23).Select(step => 10.0 + (step % 12)));
        ExponentialSmoothingModel model = (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(series, LearnerSettings.Defaults, new FitOptions(0), default);
        Assert.Equal(1, model.SeasonLength);
    }

    [Fact]
    public void Fit_OfALongSeason_KeepsItsFirstSeasons()
    {
        double[] values = [.. Enumerable.Range(0, 52 * 4).Select(step => 20 + (5 * Math.Sin(2 * Math.PI * step / 52)))];
        ForecastValues forecast = Fit(values, ("season_length", 52), ("error", 1), ("season", 2)).Forecast(52, IntervalOptions.Default, default);
        Assert.All(forecast.Mean, (value, step) => Assert.Equal(values[step], value, 0.05));
    }

    private static ExponentialSmoothingModel Fit(double[] values, params (string Name, double Value)[] settings) =>
        (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(new TimeSeries(TimeAxis.Counting, values), Some.Settings(settings), new FitOptions(0), default);

    /// <summary>A level that wanders, with seasons of four that are added or multiply.</summary>
    private static double[] Drawn(DeterministicRandom random, int length, bool multiplies)
    {
        double level = 20;
        double[] season = [1.2, 0.9, 1.1, 0.8];
        double[] values = new double[length];
        for (int step = 0; step < length; step++)
        {
            double noise = 0.05 * random.NextGaussian();
            values[step] = multiplies ? level * season[step % 4] * (1 + noise) : level + (10 * season[step % 4]) + (20 * noise);
            level *= multiplies ? 1 + (0.3 * noise) : 1;
            level += multiplies ? 0 : 6 * noise;
        }

        return values;
    }
}
