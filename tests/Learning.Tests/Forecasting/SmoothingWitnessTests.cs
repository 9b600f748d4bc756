using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Smoothing;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Forecasting;

/// <summary>Against statsmodels; see Witness/exponential_smoothing.py.</summary>
public class SmoothingWitnessTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly Series[] All = WitnessFile.Read<Series[]>("exponential_smoothing.json");

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (Series series in All)
            {
                foreach (Case each in series.Cases)
                {
                    cases.Add(series.Name, each.Form);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OfOneForm_IsAsLikelyAsTheWitness(string name, string form)
    {
        (Series series, Case witness) = Find(name, form);
        double[] values = Values(series);

        ExponentialSmoothingModel model = Fit(series, witness);

        double logLikelihood = MinusTwoLogLikelihood(model, Form(series, witness), values.Length);
        output.WriteLine($"{name} {model.Form}: SSE {model.SumOfSquares:F3} (statsmodels {witness.LeastSquares:F3}), -2 ln L {logLikelihood:F3} ({witness.MinusTwoLogLikelihood:F3})");
        Assert.True(logLikelihood <= witness.MinusTwoLogLikelihood + (values.Length * Math.Log(1.01)));
        if (form[0] == 'A')
        {
            Assert.True(model.SumOfSquares <= 1.01 * witness.LeastSquares);
        }
    }

    /// <summary>The same weights and first values give the same errors and forecasts: the recursions agree.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Filter_AtTheWitnessParameters_GivesItsSquaresAndForecast(string name, string form)
    {
        (Series series, Case witness) = Find(name, form);
        double[] values = Values(series);
        SmoothingForm own = Form(series, witness);
        SmoothingWeights weights = new(witness.Alpha, witness.Beta, witness.Gamma, witness.Phi);
        SmoothingState start = new(own, witness.Level, witness.Trend, [.. witness.Seasons]);

        SmoothingFit fit = new SmoothingObjective(own, values, [.. witness.Seasons]).Filter(weights, start);

        // statsmodels divides by the new level where Hyndman et al. divide by the expected one; with seasons this slow it shows late.
        double tolerance = own.Season == SeasonKind.Multiplicative ? 1e-6 : 1e-9;
        Assert.Equal(witness.Squares, fit.RawSquares, tolerance * witness.Squares);
        ExponentialSmoothingModel model = ExponentialSmoothingModel.From(own, fit, 0, values.Length, 0);
        ForecastValues forecast = model.Forecast(witness.Forecast.Length, IntervalOptions.Default with { Paths = 100 }, default);
        Assert.All(witness.Forecast, (expected, step) => Assert.Equal(expected, forecast.Mean[step], tolerance * Math.Abs(expected)));
        if (witness.VarianceRatios is { } ratios)
        {
            double[] actual = model.VarianceRatios(ratios.Length);
            Assert.All(ratios, (expected, step) => Assert.Equal(expected, actual[step], 1e-6 * expected));
        }
    }

    private static double MinusTwoLogLikelihood(ExponentialSmoothingModel model, SmoothingForm form, int rows)
    {
        double count = form.ParameterCount;
        double objective = model.Aicc - (2 * count) - (2 * count * (count + 1) / (rows - count - 1));
        return objective + (rows * (Math.Log(2 * Math.PI / rows) + 1));
    }

    private static ExponentialSmoothingModel Fit(Series series, Case witness)
    {
        SmoothingForm form = Form(series, witness);
        LearnerSettings settings = new(
        [
            new("season_length", form.SeasonLength), new("error", (int)form.Error), new("trend", (int)form.Trend), new("season", (int)form.Season),
        ]);
        return (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(new TimeSeries(TimeAxis.Counting, Values(series)), settings, new FitOptions(0), default);
    }

    private static SmoothingForm Form(Series series, Case witness) => new(
        witness.Form[0] == 'A' ? ErrorKind.Additive : ErrorKind.Multiplicative,
        witness.Form[1] switch { 'N' => TrendKind.None, 'A' => TrendKind.Additive, _ => TrendKind.Damped },
        witness.Form[2] switch { 'N' => SeasonKind.None, 'A' => SeasonKind.Additive, _ => SeasonKind.Multiplicative },
        witness.Form[2] == 'N' ? 1 : series.SeasonLength);

    private static (Series Series, Case Case) Find(string name, string form)
    {
        Series series = All.Single(each => each.Name == name);
        return (series, series.Cases.Single(each => each.Form == form));
    }

    private static double[] Values(Series series) => series.Values.Length > 0 ? series.Values : SampleSeries.Values(series.Name);

    public sealed record Series(string Name, int SeasonLength, double[] Values, Case[] Cases);

    public sealed record Case(
        string Form,
        double MinusTwoLogLikelihood,
        double LeastSquares,
        double Squares,
        double Alpha,
        double Beta,
        double Gamma,
        double Phi,
        double Level,
        double Trend,
        double[] Seasons,
        double[] Forecast,
        double[]? VarianceRatios);
}
