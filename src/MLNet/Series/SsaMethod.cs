using Microsoft.ML;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Models;

namespace Trainyard.MLNet.Series;

/// <summary>Microsoft.ML's singular spectrum analysis: the series is split into the few patterns that explain it, which go on.</summary>
/// <remarks>
/// Source: Golyandina and Zhigljavsky, Singular Spectrum Analysis for Time Series, 2013. It calculates in single precision, so
/// the series is centred and scaled before. There is no randomness in it. A cancellation is seen while values are read.
/// </remarks>
internal sealed class SsaMethod : IForecastMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "mlnet.ssa";

    /// <summary>Windows without a season, as far as the series allows.</summary>
    private const int UsualWindow = 12;

    private const int LeastWindow = 2;
    private const int LargestWindow = 1000;

    private static readonly HyperParameter Window = new("window_size", 0, 0, LargestWindow, "Values that a pattern spans, from 2; 0 takes two seasons, or 12 without a season, but less than half of the series (default: 0).") { IsInteger = true };

    public string Name => MethodName;

    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [SeasonLength.Parameter, Window];

    public IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        settings.Validate(HyperParameters);
        int window = WindowOf(series, settings);
        double[] values = series.Values.ToArray();
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        double scale = deviation > 0 && double.IsFinite(deviation) ? deviation : 1;
        byte[] zip = EngineCall.Run(Name, () => Train(values, mean, scale, window, cancellationToken), cancellationToken);
        SsaModel model = new(mean, scale, zip);

        // A model that foretells no numbers, as of a series that never changes, is told from others here and not where it is served.
        _ = model.Forecast(1, IntervalOptions.Default, cancellationToken);
        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return model;
    }

    private static int WindowOf(TimeSeries series, LearnerSettings settings)
    {
        int season = SeasonLength.Of(series, settings);
        int asked = (int)settings.Get(Window);
        int largest = Math.Min((series.Length - 1) / 2, LargestWindow);
        int window = asked > 0 ? Math.Max(asked, LeastWindow) : Math.Min(season > 1 ? 2 * season : UsualWindow, largest);
        return window >= LeastWindow && window <= largest
            ? window
            : throw new LearningException("series_too_short", $"The series has {series.Length} values; a window of {Math.Max(window, LeastWindow)} needs at least {(2 * Math.Max(window, LeastWindow)) + 1}.", Window.Name);
    }

    private static byte[] Train(double[] values, double mean, double scale, int window, CancellationToken cancellationToken)
    {
        MLContext context = new(seed: 0);
        IDataView view = context.Data.LoadFromEnumerable(values.Select(value =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new SeriesPoint { Value = (float)((value - mean) / scale) };
        }));
        ITransformer fitted = context.Forecasting.ForecastBySsa(
            outputColumnName: nameof(SeriesAnswer.Mean),
            inputColumnName: nameof(SeriesPoint.Value),
            windowSize: window,
            seriesLength: values.Length,
            trainSize: values.Length,
            horizon: 1,
            confidenceLowerBoundColumn: nameof(SeriesAnswer.Lower),
            confidenceUpperBoundColumn: nameof(SeriesAnswer.Upper),
            variableHorizon: true).Fit(view);
        return ModelZip.Save(context, fitted, view.Schema);
    }
}
