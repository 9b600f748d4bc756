using System.Globalization;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps.Series;

/// <summary>The values of a series by what they are for.</summary>
/// <param name="run">The run.</param>
/// <param name="target">The column of the values.</param>
/// <param name="parts">The values.</param>
internal sealed class SeriesWorkspace(PipelineRun run, string target, SeriesParts parts) : RunWorkspace(run)
{
    /// <inheritdoc/>
    public override int HeldOutRows => parts.Horizon;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Division =>
    [
        $"{parts.Known.Length} values to fit on and choose by, {parts.Origins} forecasts of {parts.Horizon} steps being tried on the newest of them; the last {parts.Horizon} held out for the evaluation; seed {Run.Settings.Seed}.",
    ];

    /// <inheritdoc/>
    public override Rung OnlyRung => new(1, parts.Known.Length, 1, parts.Origins);

    private MetricInfo Metric => MetricCatalog.Get(Run.Settings.TargetMetric);

    private FitOptions Options => new((ulong)Run.Settings.Seed);

    /// <inheritdoc/>
    public override IReadOnlyList<Candidate> Candidates()
    {
        Dictionary<string, double> settings = new(StringComparer.Ordinal);
        if (Run.Settings.Forecast!.SeasonLength is { } season)
        {
            settings["season_length"] = season;
        }

        return [.. ForecastCatalog.All.Select(method => new Candidate(method.Name, method.Name, settings))];
    }

    /// <inheritdoc/>
    /// <remarks>There are few methods, and a part of a series is another series: nothing to halve.</remarks>
    public override IReadOnlyList<Rung> Rungs(int candidates) => [OnlyRung with { Candidates = candidates }];

    /// <inheritdoc/>
    public override string Announce(Candidate candidate, Rung rung) => $"Back-testing {candidate.Name} on {parts.Known.Length} values from {parts.Origins} origins.";

    /// <inheritdoc/>
    public override CandidateResult Score(Candidate candidate, Rung rung, CancellationToken cancellationToken)
    {
        ForecastFit fit = new(parts.Known, ForecastCatalog.Get(candidate.Learner)) { Settings = candidate.ToSettings(), Options = Options };
        BacktestResult result = Backtester.Run(fit, new BacktestOptions(parts.Horizon) { Origins = parts.Origins }, cancellationToken);
        double score = result.Evaluate().Value(Metric.Name);
        double deviation = Deviation(result);
        return new CandidateResult(score, deviation, $"{Metric.Name} {score:0.####} ± {deviation:0.####} over {result.Folds.Count} origins.");
    }

    /// <inheritdoc/>
    public override TrainedModel Fit(CandidateScore best, CancellationToken cancellationToken) =>
        Trained(Fit(parts.Known, best.Learner, best.Settings, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>Once it is measured it is fitted on the whole series, since a forecast that begins before the newest values is of no use to anybody.</remarks>
    public override (RunEvaluation Evaluation, TrainedModel Model) Measure(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        Forecaster fitted = ForecasterFile.ReadOwn(file);
        BacktestResult result = Backtester.Measure(fitted, parts.Whole, cancellationToken: cancellationToken);
        Evaluation evaluation = result.Evaluate();
        RunEvaluation shown = new(parts.Horizon, evaluation.Metrics, [], [], [], Samples(result.Folds[0]));
        Forecaster whole = Fit(parts.Whole, fitted.Lineage.Learner, fitted.Lineage.Settings, cancellationToken);
        return (shown, Trained(whole.With(whole.Lineage with { Evaluation = evaluation })));
    }

    // A single trial may leave a metric undefined that all of them together do not, such as the variance of one step.
    private double Deviation(BacktestResult result)
    {
        double[] folds =
        [
            .. result.Folds.Select(fold => new BacktestResult([fold]).Evaluate().Metrics)
                .Where(metrics => metrics.ContainsKey(Metric.Name)).Select(metrics => metrics[Metric.Name]),
        ];
        double mean = folds.DefaultIfEmpty().Average();
        return Math.Sqrt(folds.Select(fold => (fold - mean) * (fold - mean)).DefaultIfEmpty().Average());
    }

    private Forecaster Fit(TimeSeries series, string method, IReadOnlyDictionary<string, double> settings, CancellationToken cancellationToken)
    {
        ForecastFit fit = new(series, ForecastCatalog.Get(method))
        {
            Settings = new LearnerSettings(settings),
            Options = Options,
            Dataset = Run.Dataset?.Uri,
            DatasetSha256 = Run.Dataset?.Sha256,
        };
        return Forecaster.Fit(fit, cancellationToken);
    }

    private PredictedRow[] Samples(BacktestFold fold) =>
    [
        .. Enumerable.Range(0, Math.Min(PredictedRow.Shown, fold.Actual.Length)).Select(step => new PredictedRow(
            new Dictionary<string, string?>(StringComparer.Ordinal) { [Run.Settings.Forecast!.TimeColumn] = parts.Whole.Axis.TextAt(fold.Origin + step) },
            fold.Actual[step].ToString("R", CultureInfo.InvariantCulture),
            fold.Forecast.Mean[step].ToString("R", CultureInfo.InvariantCulture),
            null)),
    ];

    private TrainedModel Trained(Forecaster forecaster) => new(
        ForecasterFile.ToBytes(forecaster),
        forecaster.Lineage.Learner,
        forecaster.Lineage.Settings,
        LearningTask.Forecasting.Word(),
        target,
        ModelInput.TimesOf(Run.Settings.Forecast!.TimeColumn, forecaster.Axis));
}
