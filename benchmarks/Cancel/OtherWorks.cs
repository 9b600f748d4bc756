using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Backtesting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Models.Streaming;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Sketches;
using Trainyard.Learning.Text;
using Trainyard.Learning.Validation;

namespace Trainyard.Benchmarks.Cancel;

/// <summary>All that takes long beside fitting learners. A group shares its data, which is made when the group's turn comes.</summary>
internal static class OtherWorks
{
    private const int LongRows = 1_000_000;
    private const int Features = 28;

    public static IReadOnlyList<Func<IEnumerable<CancelWork>>> Groups { get; } = [Files, Tables, Models, Texts, Series];

    private static IEnumerable<CancelWork> Files()
    {
        double[][] columns = CancelData.Columns(LongRows / 2, Features);
        byte[] csv = CancelData.Csv(columns);
        yield return new CancelWork("CSV, 500k x 28", async token => await CsvSource.ReadAsync(new MemoryStream(csv), null, token));
        yield return CancelWork.Of("boosting from CSV, 500k x 28", token => StreamedTrainer.Fit(new StreamedFit(RowSource.Csv(() => new MemoryStream(csv)), "x0"), token));
        byte[] ndjson = CancelData.Ndjson(columns);
        yield return new CancelWork("NDJSON, 500k x 28", async token => await NdjsonSource.ReadAsync(new MemoryStream(ndjson), null, token));
    }

    private static IEnumerable<CancelWork> Tables()
    {
        Table table = CancelData.Table(CancelData.Columns(LongRows, Features));
        TargetEncoding target = TargetEncoding.Infer(table);
        DateTime now = DateTime.UnixEpoch;
        TableExpectations expectations = ExpectationInference.Infer(table, now);
        yield return CancelWork.Of("infer expectations, 1M x 29", token => ExpectationInference.Infer(table, now, null, token));
        yield return CancelWork.Of("validate, 1M x 29", token => TableValidator.Check(table, expectations, now, 2, token));
        yield return CancelWork.Of("profile, 1M x 29", token => TableProfile.Of(table, token));
        yield return CancelWork.Of("sketch, 1M x 29", token => TableSketch.Of(table, 2, token));
        yield return CancelWork.Of("train with a plan, 1M x 29", token => TabularTrainer.Fit(new TabularFit(table, target, LearnerCatalog.Get("logistic_regression")), token));
        yield return CancelWork.Of("cross-validate, 1M x 29", token =>
            CrossValidator.Score(table, target, new Candidate("boosting", "gradient_boosting", LearnerSettings.Defaults.Values), MetricCatalog.Get("roc_auc"), new CrossValidationOptions(1), token));
        yield return CancelWork.Of("auto, 1M x 29", token => AutoTrainer.Train(table, target, null, new AutoOptions(new CrossValidationOptions(1)), token));
    }

    private static IEnumerable<CancelWork> Models()
    {
        Table table = CancelData.Table(CancelData.Columns(LongRows / 10, Features));
        TargetEncoding target = TargetEncoding.Infer(table);
        TabularModel forest = TabularTrainer.Fit(new TabularFit(table, target, LearnerCatalog.Get("random_forest")), default);
        TabularModel neighbors = TabularTrainer.Fit(new TabularFit(table, target, LearnerCatalog.Get("nearest_neighbors")), default);
        ContributionExplainer explainer = ContributionExplainer.Of(forest);
        byte[] file = TabularModelFile.ToBytes(forest);
        yield return CancelWork.Of("predict by a forest", token => forest.Predict(table, 2, token));
        yield return CancelWork.Of("predict by neighbours", token => neighbors.Predict(table, 2, token));
        yield return CancelWork.Of("calibrate by Platt", token => forest.Calibrate(table, CalibrationMethod.Platt, 2, token));
        yield return CancelWork.Of("calibrate by isotonic curves", token => forest.Calibrate(table, CalibrationMethod.Isotonic, 2, token));
        yield return CancelWork.Of("explain a forest", token => explainer.Explain(table, 2, token));
        yield return CancelWork.Of("explain by sampling", token => SampledContributions.Explain(forest, table, table, new SamplingOptions(1), token));
        yield return CancelWork.Of("partial dependence", token => PartialDependence.Measure(forest, table, "x0", new PartialDependenceOptions(), token));
        yield return CancelWork.Of("permutation importance", token => PermutationImportance.Measure(forest, table, MetricCatalog.Get("roc_auc"), new PermutationOptions(1), token));
        yield return CancelWork.Of("ONNX of a forest", token => OnnxExport.ToBytes(forest, token));
        yield return CancelWork.Of("write a forest", token => TabularModelFile.ToBytes(forest, token));
        yield return new CancelWork("read a forest", async token => await TabularModelFile.ReadAsync(new MemoryStream(file), token));
    }

    private static IEnumerable<CancelWork> Texts()
    {
        Table table = CancelData.Texts(LongRows / 5, classes: 20);
        TargetEncoding target = TargetEncoding.Infer(table, "label");
        foreach (ITextMethod method in TextCatalog.All)
        {
            yield return CancelWork.Of($"{method.Name}, 200k texts", token => TextClassifier.Fit(new TextFit(table, "text", target, method), token));
        }

        TextClassifier classifier = TextClassifier.Fit(new TextFit(table.SelectRows([.. Enumerable.Range(0, 20_000)]), "text", target, TextCatalog.Get("text_naive_bayes")), default);
        string[] texts = [.. Enumerable.Range(0, table.RowCount).Select(row => table["text"].TextAt(row)!)];
        yield return CancelWork.Of("classify 200k texts", token => classifier.Predict(texts, 2, token));
    }

    private static IEnumerable<CancelWork> Series()
    {
        TimeSeries series = new(TimeAxis.Counting, CancelData.Columns(100_000, 1)[0].Select((value, step) => 10 + value + Math.Sin(step * Math.PI / 6)));
        foreach (IForecastMethod method in ForecastCatalog.All)
        {
            ForecastFit fit = new(series, method) { Settings = new LearnerSettings([new("season_length", 12)]) };
            yield return CancelWork.Of($"{method.Name}, 100k values", token => Forecaster.Fit(fit, token).Forecast(2000, null, token));
            yield return CancelWork.Of($"backtest {method.Name}, 100k values", token => Backtester.Run(fit, new BacktestOptions(12), token));
        }
    }
}
