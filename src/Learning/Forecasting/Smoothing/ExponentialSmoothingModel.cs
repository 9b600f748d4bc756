using Trainyard.Learning.Binary;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>A level, a slope and seasons at the end of a series, with the pace at which they moved.</summary>
/// <remarks>
/// Where everything is additive, intervals are normal with the variance that theory gives; else they are drawn (5,000 paths by
/// default). A drawn path that reaches 0 where only positive values make sense stays there.
/// </remarks>
public sealed class ExponentialSmoothingModel : IForecastModel
{
    private readonly SmoothingForm form;
    private readonly SmoothingWeights weights;
    private readonly double level;
    private readonly double trend;
    private readonly double[] seasons;

    private ExponentialSmoothingModel(SmoothingForm form, SmoothingWeights weights, double level, double trend, double[] seasons)
    {
        this.form = form;
        this.weights = weights;
        this.level = level;
        this.trend = trend;
        this.seasons = seasons;
    }

    /// <inheritdoc/>
    public string Method => ExponentialSmoothingMethod.MethodName;

    /// <summary>The form, for example <c>ETS(M,Ad,M)</c>: noise, trend, season.</summary>
    public string Form => form.ToString();

    /// <summary>Steps per season; 1 without one.</summary>
    public int SeasonLength => form.SeasonLength;

    /// <summary>The weight of the last error in the level.</summary>
    public double Alpha => weights.Alpha;

    /// <summary>The weight of the last error in the slope; 0 without one.</summary>
    public double Beta => weights.Beta;

    /// <summary>The weight of the last error in the season; 0 without one.</summary>
    public double Gamma => weights.Gamma;

    /// <summary>What is left of the slope at each step; 1 undamped, 0 without slope.</summary>
    public double Phi => weights.Phi;

    /// <summary>Akaike's criterion, corrected for short series, less what all forms share on one series; lower is better.</summary>
    public required double Aicc { get; init; }

    /// <summary>Σ (y - ŷ)² of the one-step forecasts within the series.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>Standard deviation of the noise, divisor n - k: in the unit of the series, or as a share where noise is multiplicative.</summary>
    public required double Deviation { get; init; }

    /// <inheritdoc/>
    public ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken)
    {
        double[] mean = Mean(horizon);
        if (form.IsLinear)
        {
            double reach = NormalDistribution.Quantile((1 + intervals.Level) / 2) * Deviation;
            double[] half = Array.ConvertAll(VarianceRatios(horizon), ratio => reach * Math.Sqrt(ratio));
            return new ForecastValues(mean, [.. mean.Zip(half, (value, width) => value - width)], [.. mean.Zip(half, (value, width) => value + width)]);
        }

        (double[] lower, double[] upper) = SimulatedPaths.Bounds(horizon, intervals, Draw, cancellationToken);
        return new ForecastValues(mean, lower, upper);
    }

    /// <inheritdoc/>
    public void Write(SectionWriter writer)
    {
        writer.WriteInt32((int)form.Error);
        writer.WriteInt32((int)form.Trend);
        writer.WriteInt32((int)form.Season);
        writer.WriteInt32(form.SeasonLength);
        foreach (double value in (ReadOnlySpan<double>)[weights.Alpha, weights.Beta, weights.Gamma, weights.Phi, level, trend, Deviation, Aicc, SumOfSquares])
        {
            writer.WriteDouble(value);
        }

        writer.WriteDoubles(seasons);
    }

    internal static ExponentialSmoothingModel Read(SectionReader reader)
    {
        ErrorKind error = (ErrorKind)reader.ReadInt32("error", (int)ErrorKind.Additive, (int)ErrorKind.Multiplicative);
        TrendKind slope = (TrendKind)reader.ReadInt32("trend", (int)TrendKind.None, (int)TrendKind.Damped);
        SeasonKind season = (SeasonKind)reader.ReadInt32("season", (int)SeasonKind.None, (int)SeasonKind.Multiplicative);
        bool isSeasonal = season != SeasonKind.None;
        int length = reader.ReadInt32("season length", isSeasonal ? 2 : 1, isSeasonal ? Forecasting.SeasonLength.Maximum : 1);
        double[] numbers = [.. Enumerable.Range(0, 9).Select(_ => reader.ReadDouble())];
        double[] coming = reader.ReadFiniteDoubles("seasons", isSeasonal ? length : 0);
        bool valid = Array.TrueForAll(numbers, double.IsFinite) && Array.TrueForAll(numbers[..4], weight => weight is >= 0 and <= 1) && numbers[6] >= 0;
        SmoothingWeights pace = new(numbers[0], numbers[1], numbers[2], numbers[3]);
        return valid
            ? new ExponentialSmoothingModel(new SmoothingForm(error, slope, season, length), pace, numbers[4], numbers[5], coming)
            {
                Deviation = numbers[6],
                Aicc = numbers[7],
                SumOfSquares = numbers[8],
            }
            : throw reader.Invalid("its numbers must be finite, weights from 0 to 1, and the deviation not negative");
    }

    /// <summary>The model of a fit to values that were divided by a power of two.</summary>
    internal static ExponentialSmoothingModel From(SmoothingForm form, SmoothingFit fit, double aicc, int rows, int exponent)
    {
        double[] coming = fit.State.ComingSeasons();
        if (form.Season == SeasonKind.Additive)
        {
            coming = Array.ConvertAll(coming, season => Math.ScaleB(season, exponent));
        }

        double deviation = Math.Sqrt(fit.Squares / (rows - form.WeightCount - form.StartCount));
        return new ExponentialSmoothingModel(form, fit.Weights, Math.ScaleB(fit.State.Level, exponent), Math.ScaleB(fit.State.Trend, exponent), coming)
        {
            Deviation = form.Error == ErrorKind.Additive ? Math.ScaleB(deviation, exponent) : deviation,
            Aicc = aicc + (2 * rows * exponent * Math.Log(2)),

            // Of a series near the end of what numbers can hold, the sum of squares lies beyond it.
            SumOfSquares = Math.Min(Math.ScaleB(fit.RawSquares, 2 * exponent), double.MaxValue),
        };
    }

    /// <summary>
    /// The variance of each step's forecast in units of the noise: 1 + Σ cⱼ² over j below h, cⱼ = α + β (φ + … + φʲ), and γ more
    /// at full seasons. Source: Hyndman et al., 2008, table 6.1.
    /// </summary>
    internal double[] VarianceRatios(int horizon)
    {
        double[] ratios = new double[horizon];
        double ratio = 1;
        double fading = 0;
        double power = 1;
        for (int step = 1; step <= horizon; step++)
        {
            ratios[step - 1] = ratio;
            power *= weights.Phi;
            fading += power;
            double weight = weights.Alpha + (weights.Beta * fading) + (form.HasSeason && step % form.SeasonLength == 0 ? weights.Gamma : 0);
            ratio += weight * weight;
        }

        return ratios;
    }

    private double[] Mean(int horizon)
    {
        SmoothingState state = State();
        double[] mean = new double[horizon];
        for (int step = 0; step < horizon; step++)
        {
            mean[step] = state.Fitted(weights.Phi);
            state.Advance(weights, 0);
        }

        return mean;
    }

    private void Draw(DeterministicRandom random, Span<double> path)
    {
        SmoothingState state = State();
        for (int step = 0; step < path.Length; step++)
        {
            if (!state.IsFeasible(weights.Phi))
            {
                path[step..].Clear();
                return;
            }

            double fitted = state.Fitted(weights.Phi);
            double noise = Deviation * random.NextGaussian();
            double error = form.Error == ErrorKind.Multiplicative ? fitted * Math.Max(noise, -1) : noise;
            path[step] = fitted + error;
            state.Advance(weights, error);
        }
    }

    private SmoothingState State() => new(form, level, trend, [.. seasons]);
}
