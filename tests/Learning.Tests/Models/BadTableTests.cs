using System.Globalization;
using System.Text;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Models;

/// <summary>Bad tables on the whole way from file to prediction, with every learner.</summary>
public class BadTableTests
{
    private const int Rows = 40;

    public static IEnumerable<object[]> Pairs => LearnerContractTests.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnColumnsThatSayNothing_WorksWithoutThem(string learner, LearningTask task)
    {
        Table table = Table(task, ("same", _ => "7"), ("empty", _ => ""), ("good", Wave), ("again", Wave));
        TabularModel model = Fit(learner, task, table);
        Assert.Equal([("same", DropReason.Constant), ("empty", DropReason.AllMissing)], model.Plan.Dropped.Select(each => (each.Column, each.Reason)));
        AssertUsable(model, table);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnInfinitiesInAFile_TakesThemForNoNumbers(string learner, LearningTask task)
    {
        Table table = Table(task, ("good", Wave), ("wild", row => row == 3 ? "inf" : row == 4 ? "1e400" : Wave(row)));
        Assert.NotEqual(ColumnType.Number, table["wild"].Type);
        AssertUsable(Fit(learner, task, table), table);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_OfCategoriesNeverSeen_IsFinite(string learner, LearningTask task)
    {
        Table table = Table(task, ("good", Wave), ("colour", row => row % 3 == 0 ? "red" : "green"));
        Table unseen = Table(task, ("good", Wave), ("colour", row => row % 2 == 0 ? "violet" : ""));
        AssertUsable(Fit(learner, task, table), unseen);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_WithoutAColumn_IsFinite(string learner, LearningTask task)
    {
        TabularModel model = Fit(learner, task, Table(task, ("good", Wave), ("other", row => Wave(row + 9))));
        Assert.All(model.Predict(Table(task, ("other", Wave))), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnNoColumnOfAnyUse_SaysSo(string learner, LearningTask task) =>
        AssertRefused("no_features", () => Fit(learner, task, Table(task, ("same", _ => "7"), ("empty", _ => ""))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnMoreFeaturesThanAPlanTakes_SaysTheLimit(string learner, LearningTask task)
    {
        Table narrow = Table(task, ("good", Wave));
        Table wide = new([.. Enumerable.Range(0, FeaturePlanOptions.DefaultMaxFeatures + 1).Select(column => new NumberColumn($"x{column}", [.. Enumerable.Range(0, Rows).Select(row => row % 2.0)])), .. narrow.Columns.Where(column => column.Name == "target")]);
        Assert.Contains("10000", AssertRefused("too_many_features", () => Fit(learner, task, wide)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_OnBadTargets_NamesThem()
    {
        AssertRefused("too_few_rows", "target", () => TargetEncoding.Infer(new Table([new NumberColumn("x", [1]), new NumberColumn("target", [2])])));
        AssertRefused("target_one_class", "target", () => TargetEncoding.Infer(Labelled(_ => "a")));
        AssertRefused("target_all_missing", "target", () => TargetEncoding.Infer(Labelled(_ => "")));
        AssertRefused("target_too_many_classes", "target", () => TargetEncoding.Infer(Labelled(row => $"name {row}", 10_000)));
    }

    [Fact]
    public void Fit_OnRowsWithoutATarget_LeavesThemOut()
    {
        Table table = Labelled(row => row % 4 == 0 ? "" : row % 2 == 0 ? "a" : "b");
        TabularModel model = Fit("decision_tree", LearningTask.Classification, table);
        Assert.Equal((30, 2), (model.Lineage.TrainingRows, model.Classes.Count));
    }

    [Fact]
    public void Read_OfAHundredThousandColumns_SaysTheLimit()
    {
        byte[] file = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 100_000).Select(column => $"x{column}")) + "\n1\n");
        LearningException failure = Assert.Throws<LearningException>(() => CsvSource.Read(new MemoryStream(file)));
        Assert.Contains($"{ReadLimits.DefaultMaxColumns}", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever can be done with a model either works or is refused with a code.</summary>
    private static void AssertUsable(TabularModel model, Table rows)
    {
        Assert.All(model.Predict(rows), value => Assert.True(double.IsFinite(value)));
        Assert.Equal(model.Predict(rows), TabularModelFile.Read(TabularModelFile.ToBytes(model)).Predict(rows));
        AssertDoneOr("onnx_unsupported", () => Assert.NotEmpty(OnnxExport.ToBytes(model)));
        AssertDoneOr("explanation_unavailable", () =>
        {
            Contributions found = ContributionExplainer.Of(model, rows).Explain(rows);
            Assert.All(Enumerable.Range(0, rows.RowCount), row => Assert.All(found.Of(row, 0).ToArray(), value => Assert.True(double.IsFinite(value))));
        });
        AssertDoneOr("calibration_needs_classes", () => Assert.All(model.Calibrate(rows, CalibrationMethod.Isotonic).Predict(rows), value => Assert.InRange(value, 0, 1)));
    }

    private static void AssertDoneOr(string code, Action action)
    {
        try
        {
            action();
        }
        catch (LearningException failure)
        {
            Assert.Equal(code, failure.Code);
        }
    }

    private static LearningException AssertRefused(string code, Action action) => AssertRefused(code, null, action);

    private static LearningException AssertRefused(string code, string? field, Action action)
    {
        LearningException failure = Assert.Throws<LearningException>(action);
        Assert.Equal(code, failure.Code);
        Assert.True(field is null || field == failure.Field, failure.Message);
        return failure;
    }

    private static TabularModel Fit(string learner, LearningTask task, Table table)
    {
        TargetEncoding target = TargetEncoding.Infer(table, task.IsSupervised() ? "target" : null, task);
        (string, double)[] settings = learner is "neural_network" or "sequence_network" ? [("epochs", 3)] : [];
        return TabularTrainer.Fit(new TabularFit(table, target, LearnerCatalog.Get(learner)) { Settings = Some.Settings(settings) }, default);
    }

    private static Table Labelled(Func<int, string> label, int rows = Rows) => Read(rows, ("x", Wave), ("target", label));

    private static Table Table(LearningTask task, params (string Name, Func<int, string> Value)[] columns) => Read(Rows, task switch
    {
        LearningTask.Regression => [.. columns, ("target", row => (row * 1.5).ToString(CultureInfo.InvariantCulture))],
        LearningTask.Classification => [.. columns, ("target", row => row % 2 == 0 ? "yes" : "no")],
        _ => columns,
    });

    private static Table Read(int rows, params (string Name, Func<int, string> Value)[] columns)
    {
        StringBuilder text = new();
        text.AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        for (int row = 0; row < rows; row++)
        {
            text.AppendJoin(',', columns.Select(column => column.Value(row))).Append('\n');
        }

        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Wave(int row) => Math.Abs(Math.Sin(row)).ToString("F4", CultureInfo.InvariantCulture);
}
