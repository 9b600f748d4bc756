using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Onnx;

/// <summary>What ONNX Runtime makes of exported models.</summary>
public class OnnxExportTests(OnnxRuntime runtime) : IClassFixture<OnnxRuntime>
{
    private const double Tolerance = 1e-5;

    [RequiresOnnxRuntimeTheory]
    [InlineData("iris", "decision_tree")]
    [InlineData("iris", "logistic_regression")]
    [InlineData("wine", "gradient_boosting")]
    [InlineData("digits", "random_forest")]
    [InlineData("breast-cancer", "gradient_boosting")]
    [InlineData("breast-cancer", "logistic_regression")]
    [InlineData("breast-cancer", "random_forest")]
    [InlineData("diabetes", "decision_tree")]
    [InlineData("diabetes", "random_forest")]
    [InlineData("diabetes", "gradient_boosting")]
    [InlineData("diabetes", "linear_regression")]
    [InlineData("diabetes", "lasso")]
    [InlineData("diabetes", "neural_network")]
    [InlineData("iris", "neural_network")]
    [InlineData("iris", "extra_trees")]
    [InlineData("co2-monthly", "gradient_boosting")]
    [InlineData("co2-monthly", "linear_regression")]
    [InlineData("sunspots-yearly", "decision_tree")]
    public void ToBytes_OfAModelOfASample_PredictsTheSameInEveryRow(string data, string learner)
    {
        Table table = SampleTables.Load(data);
        AssertSame(SampleTables.Fit(table, learner, Quick(learner)), table);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData(EnsembleMethod.Voting, "mixed")]
    [InlineData(EnsembleMethod.Averaging, "mixed")]
    [InlineData(EnsembleMethod.Averaging, "diabetes")]
    [InlineData(EnsembleMethod.Stacking, "mixed")]
    [InlineData(EnsembleMethod.Stacking, "iris")]
    [InlineData(EnsembleMethod.Stacking, "diabetes")]
    public void ToBytes_OfAnEnsemble_PredictsTheSameInEveryRow(EnsembleMethod method, string data) =>
        AssertSame(Ensembles.Samples.Fit(method, data), Ensembles.Samples.Table(data));

    [RequiresOnnxRuntimeTheory]
    [InlineData("decision_tree")]
    [InlineData("random_forest")]
    [InlineData("gradient_boosting")]
    [InlineData("logistic_regression")]
    [InlineData("neural_network")]
    public void ToBytes_OfMixedColumns_PredictsTheSameForMissingAndUnseenValuesToo(string learner)
    {
        Table table = Everything();
        TabularModel model = SampleTables.Fit(table.SelectRows([.. Enumerable.Range(0, 400)]), learner, Quick(learner));
        Assert.Contains(model.Inputs.Columns, column => column.Type == ColumnType.Date);
        AssertSame(model, table);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData("iris", "kmeans", LearningTask.Clustering)]
    [InlineData("wine", "kmeans", LearningTask.Clustering)]
    [InlineData("iris", "isolation_forest", LearningTask.AnomalyDetection)]
    [InlineData("breast-cancer", "isolation_forest", LearningTask.AnomalyDetection)]
    public void ToBytes_OfAModelWithoutLabels_PredictsTheSame(string data, string learner, LearningTask task)
    {
        Table all = SampleTables.Load(data);
        Table table = all.SelectColumns(all.Columns.SkipLast(1).Select(column => column.Name));
        AssertSame(TabularTrainer.Fit(new TabularFit(table, TargetEncoding.Infer(table, null, task), LearnerCatalog.Get(learner)), default), table);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData("breast-cancer", CalibrationMethod.Platt)]
    [InlineData("breast-cancer", CalibrationMethod.Isotonic)]
    [InlineData("iris", CalibrationMethod.Platt)]
    [InlineData("iris", CalibrationMethod.Isotonic)]
    public void ToBytes_OfACalibratedModel_PredictsTheSame(string data, CalibrationMethod method)
    {
        Table table = SampleTables.Load(data);
        int[] half = [.. Enumerable.Range(0, table.RowCount).Where(row => row % 2 == 0)];
        AssertSame(SampleTables.Fit(table.SelectRows(half), "logistic_regression").Calibrate(table, method), table);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void ToBytes_WhereValuesDifferInTheFortiethBit_TakesNoOtherWay(ulong seed)
    {
        // Neighbours that are one number in 32 bits, on both sides of every threshold.
        DeterministicRandom random = new(seed);
        double[] values = [.. Enumerable.Range(0, 200).Select(row => 1 + (row * Math.ScaleB(1, -40)))];
        double[] labels = [.. values.Select(_ => Math.Round(random.NextGaussian(), 3))];
        Table table = new([new NumberColumn("x", values), new NumberColumn("y", labels)]);
        TabularModel model = SampleTables.Fit(table, "decision_tree", ("min_rows_per_leaf", 1));
        Assert.True(model.Predict(table).Distinct().Count() > 100);
        AssertSame(model, table);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData("label")]
    [InlineData("_concat_0")]
    public void ToBytes_WithAColumnOfATakenName_StillRuns(string name)
    {
        Table table = new(
        [
            new NumberColumn(name, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
            new NumberColumn("b", [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]),
            new TextColumn("y", ColumnType.Category, Enumerable.Range(0, 12).Select(row => row < 5 ? "low" : "high")),
        ]);
        TabularModel model = TabularTrainerOf(table, "y");
        JsonObject outputs = runtime.Predict(OnnxExport.ToBytes(model), table.SelectColumns([name, "b"]));
        Assert.Equal("low", outputs[name == "label" ? "label_" : "label"]![0]!.GetValue<string>());
    }

    [Fact]
    public void ToBytes_OfFreeText_SaysWhichColumn()
    {
        string[] words = ["good", "bad", "fine", "poor", "great", "awful", "plain", "nice"];
        DeterministicRandom random = new(1);
        string[] texts = [.. Enumerable.Range(0, 60).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.NextInt(words.Length)])))];
        Table table = new([new TextColumn("review", ColumnType.Text, texts), new NumberColumn("y", [.. texts.Select(text => text.Length + 0.5)])]);
        LearningException failure = Assert.Throws<LearningException>(() => OnnxExport.ToBytes(SampleTables.Fit(table, "decision_tree")));
        Assert.Equal(("onnx_unsupported", "review"), (failure.Code, failure.Field));
    }

    [Fact]
    public void ToBytes_OfTheSameModel_IsTheSameFile() =>
        Assert.Equal(OnnxExport.ToBytes(SampleTables.Fit("iris", "decision_tree")), OnnxExport.ToBytes(SampleTables.Fit("iris", "decision_tree")));

    private static TabularModel TabularTrainerOf(Table table, string target) => TabularTrainer.Fit(
        new TabularFit(table, TargetEncoding.Infer(table, target), LearnerCatalog.Get("decision_tree")) { Settings = Some.Settings(("min_rows_per_leaf", 1)) },
        default);

    private void AssertSame(TabularModel model, Table table)
    {
        Table inputs = table.SelectColumns(model.Plan.Encodings.Select(encoding => encoding.Column).Distinct());
        JsonObject outputs = runtime.Predict(OnnxExport.ToBytes(model), inputs);
        double[] expected = model.Predict(table);
        double[] actual = [.. outputs[model.Task == LearningTask.Regression ? "prediction" : "probabilities"]!.AsArray().Select(value => value!.GetValue<double>())];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected, (value, index) => Assert.Equal(value, actual[index], Tolerance));
        if (model.Task != LearningTask.Regression)
        {
            string[] labels = [.. outputs["label"]!.AsArray().Select(value => value!.GetValue<string>())];
            string[] classes = [.. expected.Chunk(model.OutputCount).Select(row => model.Classes[Evaluator.MostProbable(row)])];

            // Where two classes are equally probable but for rounding, either may come out.
            Assert.All(classes, (name, row) => Assert.True(name == labels[row] || IsTie(expected.AsSpan(row * model.OutputCount, model.OutputCount))));
        }
    }

    private static bool IsTie(ReadOnlySpan<double> probabilities)
    {
        double[] sorted = probabilities.ToArray();
        Array.Sort(sorted);
        return sorted[^1] - sorted[^2] < Tolerance;
    }

    private static (string, double)[] Quick(string learner) => learner switch
    {
        "random_forest" or "extra_trees" => [("trees", 20)],
        "gradient_boosting" => [("iterations", 20), ("min_rows_per_leaf", 5)],
        _ => [],
    };

    /// <summary>Numbers, truth values, dates and categories of two sizes, a tenth missing; the last rows have categories that the first lack.</summary>
    private static Table Everything()
    {
        DeterministicRandom random = new(17);
        StringBuilder csv = new("size,ok,colour,city,day,y\n");
        DateTime start = new(1995, 11, 3, 0, 0, 0, DateTimeKind.Utc);
        for (int row = 0; row < 500; row++)
        {
            double size = Math.Round(random.NextGaussian() * 10, 2);
            bool ok = random.NextInt(3) == 0;
            int colour = random.NextInt(row < 400 ? 5 : 7);
            int city = random.NextInt(row < 400 ? 90 : 95);
            DateTime day = start.AddDays(random.NextInt(12_000)).AddMinutes(random.NextInt(1440));
            bool hit = (size > 2) ^ (colour is 1 or 3) ^ (city % 3 == 0) ^ (day.Month > 6);
            csv.Append($"{Or(size)},{Or(ok ? "true" : "false")},{Or($"c{colour}")},{Or($"town {city}")},{Or(day.ToString("yyyy-MM-ddTHH:mm:ssZ"))},{(hit ? "yes" : "no")}\n");
        }

        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));

        string Or<T>(T value) => random.NextInt(10) == 0 ? string.Empty : $"{value}";
    }
}
