using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>Exponential smoothing: level, trend and season that follow the series, each at its own pace.</summary>
/// <remarks>
/// Weights and first values are those of the greatest likelihood, which for additive noise is the least sum of squares; the
/// form is the one of the lowest AICc among those that the settings allow. Seasons of more than
/// <see cref="LongestSearchedSeason"/> steps keep the first values that decomposition gives them.
/// Source: Hyndman, Koehler, Ord and Snyder, Forecasting with exponential smoothing: the state space approach, 2008.
/// </remarks>
public sealed class ExponentialSmoothingMethod : IForecastMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "exponential_smoothing";

    /// <summary>Steps per season up to which the first season is searched for, as in R's forecast package.</summary>
    public const int LongestSearchedSeason = 24;

    /// <summary>Where searches begin: hardly, slow, middling and quick to follow.</summary>
    private static readonly SmoothingWeights[] Beginnings =
        [new(0.1, 0.01, 0.05, 0.95), new(0.5, 0.05, 0.1, 0.9), new(0.9, 0.2, 0.01, 0.97), new(0.95, 0.9, 0.01, 0.85), new(0.005, 0.0005, 0.01, 0.93)];

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [SeasonLength.Parameter, SmoothingForms.Error, SmoothingForms.Trend, SmoothingForms.Season];

    /// <inheritdoc/>
    /// <exception cref="LearningException">
    /// <c>setting_unknown</c>, <c>setting_out_of_range</c>, <c>series_too_short</c>, <c>series_not_positive</c>, or
    /// <c>season_length_missing</c> when a season is asked for and its length is not to be had.
    /// </exception>
    public IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        settings.Validate(HyperParameters);
        IReadOnlyList<SmoothingForm> forms = SmoothingForms.For(series, SeasonLength.Of(series, settings), settings);
        (double[] values, int exponent) = Scaled(series);
        SmoothingFit[] fits = new SmoothingFit[forms.Count * Beginnings.Length];
        int done = 0;
        ParallelWork.For(fits.Length, options.MaxDegreeOfParallelism, cancellationToken, index =>
        {
            fits[index] = Search(forms[index / Beginnings.Length], values, Beginnings[index % Beginnings.Length], cancellationToken);
            options.Progress?.Report(new FitProgress(Interlocked.Increment(ref done), fits.Length, null, null));
        });
        int best = Enumerable.Range(0, fits.Length).MinBy(index => Aicc(forms[index / Beginnings.Length], fits[index], values.Length));
        return double.IsFinite(fits[best].Objective)
            ? ExponentialSmoothingModel.From(forms[best / Beginnings.Length], fits[best], Aicc(forms[best / Beginnings.Length], fits[best], values.Length), values.Length, exponent)
            : throw new LearningException("series_not_positive", "No weights keep the series' level and season above 0, as multiplicative noise and seasons need. Use the additive kinds.", SmoothingForms.Season.Name);
    }

    /// <summary>-2 ln L + 2k + 2k(k + 1) / (n - k - 1), less a constant of the series (Hurvich and Tsai, 1989).</summary>
    internal static double Aicc(SmoothingForm form, SmoothingFit fit, int rows)
    {
        double count = form.ParameterCount;
        return fit.Objective + (2 * count) + (2 * count * (count + 1) / (rows - count - 1));
    }

    private static SmoothingFit Search(SmoothingForm form, double[] values, SmoothingWeights beginning, CancellationToken cancellationToken)
    {
        double[] seasons = SmoothingStart.Seasons(values, form);
        (double level, double trend) = SmoothingStart.Line(values, form, seasons);
        bool isSearched = form.SeasonLength <= LongestSearchedSeason;
        SmoothingObjective objective = new(form, values, isSearched ? [] : seasons, cancellationToken);
        double[] trends = form.HasTrend ? [trend] : [];
        double[] searched = isSearched && form.HasSeason ? seasons[..^1] : [];
        return LevenbergMarquardt.Minimize(objective, [.. beginning.ToFree(form), level, .. trends, .. searched], values.Length, cancellationToken);
    }

    /// <summary>Divides by a power of two, which rounds nothing, so that squares neither overflow nor vanish.</summary>
    private static (double[] Values, int Exponent) Scaled(TimeSeries series)
    {
        double largest = 0;
        foreach (double value in series.Values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        double[] values = series.Values.ToArray();
        return (Array.ConvertAll(values, value => Math.ScaleB(value, -exponent)), exponent);
    }
}
