using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting.Naive;

/// <summary>The season goes on as the last one was; without season, the last value. What other methods must beat.</summary>
/// <remarks>Source: Hyndman and Athanasopoulos, Forecasting: principles and practice, 3rd edition, sections 5.2 and 5.5 (intervals).</remarks>
public sealed class SeasonalNaiveMethod : IForecastMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "seasonal_naive";

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [SeasonLength.Parameter];

    /// <inheritdoc/>
    public IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        settings.Validate(HyperParameters);
        int season = SeasonLength.Of(series, settings);
        if (series.Length <= season)
        {
            throw new LearningException("series_too_short", $"The series has {series.Length} values; a forecast with an interval needs at least {season + 1}.");
        }

        double[] changes = new double[series.Length - season];
        for (int index = 0; index < changes.Length; index++)
        {
            changes[index] = series.Values[index + season] - series.Values[index];
        }

        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return new SeasonalNaiveModel(series.Values[^season..].ToArray(), RootMeanSquare.Of(changes));
    }
}
