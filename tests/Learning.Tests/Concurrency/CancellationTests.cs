using System.Text;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Components;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tests.Forecasting;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Tests.Models;
using Trainyard.Learning.Tests.Text;
using Trainyard.Learning.Text;
using Trainyard.Learning.Validation;

namespace Trainyard.Learning.Tests.Concurrency;

/// <summary>All that can take long takes a token and looks at it. How soon it does is measured by the benchmark <c>cancel</c>.</summary>
public class CancellationTests
{
    private static readonly Lazy<TabularModel> Forest = new(() => SampleTables.Fit("iris", "random_forest", ("trees", 3)));
    private static readonly Lazy<Table> Iris = new(() => SampleTables.Load("iris"));

    private static readonly Dictionary<string, Action<CancellationToken>> Works = new(StringComparer.Ordinal)
    {
        ["read CSV"] = token => CsvSource.ReadAsync(Text("a,b\n1,2\n"), null, token).GetAwaiter().GetResult(),
        ["read NDJSON"] = token => NdjsonSource.ReadAsync(Text("{\"a\":1}\n"), null, token).GetAwaiter().GetResult(),
        ["select rows"] = token => Iris.Value.SelectRows([1, 2], token),
        ["encode a target"] = token => TargetEncoding.Infer(Iris.Value).Encode(Iris.Value, token),
        ["fit a plan"] = token => FeaturePlan.Fit(Iris.Value, "species", FeatureNeeds.Dense, null, token),
        ["apply a plan"] = token => Forest.Value.Plan.Transform(Iris.Value, token),
        ["train"] = token => TabularTrainer.Fit(new TabularFit(Iris.Value, TargetEncoding.Infer(Iris.Value), LearnerCatalog.Get("decision_tree")), token),
        ["predict"] = token => Forest.Value.Predict(Iris.Value, 1, token),
        ["evaluate"] = token => Forest.Value.Evaluate(Iris.Value, 1, token),
        ["calibrate"] = token => Forest.Value.Calibrate(Iris.Value, CalibrationMethod.Isotonic, 1, token),
        ["fit Platt's curve"] = token => PlattCurve.Fit([1, 2], [true, false], token),
        ["fit a rising curve"] = token => IsotonicCurve.Fit([1, 2], [true, false], token),
        ["cross-validate"] = token => CrossValidator.Score(Iris.Value, TargetEncoding.Infer(Iris.Value), new Candidate("a", "decision_tree", LearnerSettings.Defaults.Values), MetricCatalog.Get("accuracy"), new CrossValidationOptions(1), token),
        ["explain"] = token => ContributionExplainer.Of(Forest.Value).Explain(Iris.Value, 1, token),
        ["explain by sampling"] = token => SampledContributions.Explain(Forest.Value, Iris.Value, Iris.Value, new SamplingOptions(1), token),
        ["partial dependence"] = token => PartialDependence.Measure(Forest.Value, Iris.Value, Iris.Value.Columns[0].Name, new PartialDependenceOptions(), token),
        ["permutation importance"] = token => PermutationImportance.Measure(Forest.Value, Iris.Value, MetricCatalog.Get("accuracy"), new PermutationOptions(1), token),
        ["export to ONNX"] = token => OnnxExport.ToBytes(Forest.Value, token),
        ["write a model"] = token => TabularModelFile.ToBytes(Forest.Value, token),
        ["read a model"] = token => TabularModelFile.Read(TabularModelFile.ToBytes(Forest.Value), token),
        ["write a forecaster"] = token => ForecasterFile.ToBytes(Series(), token),
        ["read a forecaster"] = token => ForecasterFile.Read(ForecasterFile.ToBytes(Series()), token),
        ["write a text classifier"] = token => TextClassifierFile.ToBytes(Verses.Fit("text_naive_bayes"), token),
        ["read a text classifier"] = token => TextClassifierFile.Read(TextClassifierFile.ToBytes(Verses.Fit("text_naive_bayes")), token),
        ["classify texts"] = token => Verses.Fit("text_naive_bayes").Predict(["a text"], 1, token),
        ["validate"] = token => TableValidator.Check(Iris.Value, ExpectationInference.Infer(Iris.Value, DateTime.UnixEpoch), DateTime.UnixEpoch, 1, token),
        ["infer expectations"] = token => ExpectationInference.Infer(Iris.Value, DateTime.UnixEpoch, null, token),
        ["decompose a matrix"] = token => SymmetricEigen.Decompose([[2, 1], [1, 2]], token),
    };

    public static TheoryData<string> Names { get; } = [.. Works.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_OnceCancelled_Stops(string name) =>
        Assert.ThrowsAny<OperationCanceledException>(() => Works[name](new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("logistic_regression")]
    [InlineData("random_forest")]
    [InlineData("extra_trees")]
    [InlineData("gradient_boosting")]
    [InlineData("isolation_forest")]
    [InlineData("kmeans")]
    [InlineData("mini_batch_kmeans")]
    [InlineData("neural_network")]
    [InlineData("sequence_network")]
    [InlineData("lasso")]
    public void Fit_CancelledUnderWay_TakesNoFurtherStep(string learner)
    {
        using CancellationTokenSource source = new();
        Counting progress = new(source);
        LearningTask task = LearnerCatalog.Get(learner).Tasks[0];
        TrainingSet set = Samples.Load(task == LearningTask.Regression ? "diabetes" : "iris", standardize: true) with { Task = task };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            LearnerCatalog.Get(learner).Fit(set, LearnerSettings.Defaults, new FitOptions(1) { MaxDegreeOfParallelism = 1, Progress = progress }, source.Token));
        Assert.Equal(Counting.CancelledAt, progress.Reports);
    }

    private static Forecaster Series() =>
        Forecaster.Fit(new ForecastFit(SampleSeries.Load("co2-monthly").First(40), ForecastCatalog.Get("seasonal_naive")), default);

    private static MemoryStream Text(string content) => new(Encoding.UTF8.GetBytes(content));

    /// <summary>Cancels at the second report, and counts what comes after.</summary>
    private sealed class Counting(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public const int CancelledAt = 2;

        public int Reports { get; private set; }

        public void Report(FitProgress value)
        {
            Reports++;
            if (Reports == CancelledAt)
            {
                source.Cancel();
            }
        }
    }
}
