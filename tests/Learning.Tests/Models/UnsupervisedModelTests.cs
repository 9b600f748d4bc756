using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Models;

/// <summary>Tasks that learn without labels, from table to file and back.</summary>
public class UnsupervisedModelTests
{
    [Fact]
    public void Evaluate_AnomaliesWithLabels_ComparesThem()
    {
        TabularModel model = Fit("breast-cancer", "isolation_forest", LearningTask.AnomalyDetection, "diagnosis", ("contamination", 0.37));
        Assert.Equal(["benign", "malignant"], model.Classes);
        Assert.DoesNotContain(model.Inputs.Columns, column => column.Name == "diagnosis");
        Evaluation evaluation = model.Evaluate(Rows("breast-cancer"));
        Assert.InRange(evaluation.Value("anomaly_auc"), 0.7, 1);
        Assert.InRange(evaluation.Value("flagged_share"), 0.36, 0.38);
        Assert.Equal(569, evaluation.Confusion.Sum(row => row.Sum()));
        Assert.Equal(evaluation.Classes[1].F1, evaluation.Value("anomaly_f1"));
    }

    [Fact]
    public void Fit_Anomalies_LearnsFromRowsWithoutLabelToo()
    {
        Table rows = Rows("breast-cancer");
        Table half = new([.. rows.Columns.Select(column => column.Name == "diagnosis" ? WithGaps((TextColumn)column) : column)]);
        TabularFit fit = new(half, TargetEncoding.Infer(half, "diagnosis", LearningTask.AnomalyDetection), LearnerCatalog.Get("isolation_forest"));
        TabularModel model = TabularTrainer.Fit(fit, default);
        Assert.Equal(569, model.Lineage.TrainingRows);
        Assert.Equal(569 - 57, model.Evaluate(half).RowCount);
    }

    [Fact]
    public void Evaluate_AnomaliesWithoutLabels_TellsTheShareOnly()
    {
        TabularModel model = Fit("wine", "pca_anomaly", LearningTask.AnomalyDetection, null);
        Assert.Equal(["normal", "anomaly"], model.Classes);
        Assert.Equal(["flagged_share"], model.Evaluate(Rows("wine")).Metrics.Keys);
        Assert.Equal("metric_undefined", Assert.Throws<LearningException>(() => model.Evaluate(Rows("wine")).Value("anomaly_auc")).Code);
        Assert.Empty(Importances(model, "flagged_share"));
    }

    [Fact]
    public void Evaluate_Clusters_ByTheirRows()
    {
        TabularModel model = Fit("iris", "kmeans", LearningTask.Clustering, null, ("clusters", 3));
        Assert.Equal(["cluster_0", "cluster_1", "cluster_2"], model.Classes);
        Evaluation evaluation = model.Evaluate(Rows("iris"));
        Assert.InRange(evaluation.Value("silhouette"), 0.3, 0.8);
        Assert.True(evaluation.Value("inertia") > 0);
        Assert.Empty(Importances(model, "silhouette"));
    }

    [Theory]
    [InlineData("isolation_forest", LearningTask.AnomalyDetection, null)]
    [InlineData("pca_anomaly", LearningTask.AnomalyDetection, "species")]
    [InlineData("kmeans", LearningTask.Clustering, null)]
    public void Read_OfWhatWasWritten_PredictsTheSame(string learner, LearningTask task, string? target)
    {
        Table rows = Rows("iris").SelectRows([.. Enumerable.Range(0, 100)]);
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, target, task), LearnerCatalog.Get(learner));
        TabularModel model = TabularTrainer.Fit(fit, default);
        byte[] file = TabularModelFile.ToBytes(model);
        TabularModel back = TabularModelFile.Read(file);
        Assert.Equal(task, back.Task);
        Assert.Equal(model.Classes, back.Classes);
        Assert.Equal(model.Predict(rows), back.Predict(rows));
        Assert.Equal(file, TabularModelFile.ToBytes(back));
    }

    [Fact]
    public void Score_OfClusters_CrossValidates()
    {
        Table rows = Rows("iris");
        TargetEncoding target = TargetEncoding.Infer(rows, null, LearningTask.Clustering);
        Candidate candidate = new("three", "kmeans", new Dictionary<string, double> { ["clusters"] = 3 });
        CrossValidationResult result = CrossValidator.Score(rows, target, candidate, MetricCatalog.Default(target.Task), new CrossValidationOptions(1), default);
        Assert.Equal(5, result.FoldScores.Count);
        Assert.InRange(result.Mean, 0.3, 0.8);
    }

    [Theory]
    [InlineData("iris", "species", LearningTask.AnomalyDetection, "target_not_two_classes")]
    [InlineData("iris", "species", LearningTask.Clustering, "target_unused")]
    [InlineData("iris", "absent", LearningTask.AnomalyDetection, "target_missing")]
    public void Infer_OfAnImpossibleTarget_SaysWhy(string data, string target, LearningTask task, string code) =>
        Assert.Equal((code, target), Assert.Throws<LearningException>(() => TargetEncoding.Infer(Rows(data), target, task)) is { } failure ? (failure.Code, failure.Field) : default);

    [Theory]
    [InlineData(LearningTask.Classification, "a")]
    [InlineData(LearningTask.AnomalyDetection, "a")]
    [InlineData(LearningTask.AnomalyDetection, "a", "b", "c")]
    public void TargetEncoding_OfImpossibleClasses_IsRefused(LearningTask task, params string[] classes) =>
        Assert.Equal("target_invalid", Assert.Throws<LearningException>(() => new TargetEncoding("", task, classes)).Code);

    private static IReadOnlyList<ColumnImportance> Importances(TabularModel model, string metric) =>
        PermutationImportance.Measure(model, Rows(model.Classes.Count == 3 ? "iris" : "wine"), MetricCatalog.Get(metric), new PermutationOptions(1), default);

    private static Column WithGaps(TextColumn column)
    {
        IEnumerable<string?> cells = Enumerable.Range(0, column.RowCount).Select(row => row % 10 == 0 ? "" : column.TextAt(row));
        string text = string.Join('\n', cells.Prepend(column.Name).Select(cell => $"x,{cell}"));
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(text));
        return CsvSource.Read(stream)[column.Name];
    }

    private static TabularModel Fit(string data, string learner, LearningTask task, string? target, params (string Name, double Value)[] settings)
    {
        Table rows = Rows(data);
        return TabularTrainer.Fit(new TabularFit(rows, TargetEncoding.Infer(rows, target, task), LearnerCatalog.Get(learner)) { Settings = Some.Settings(settings) }, default);
    }

    private static Table Rows(string data) => SampleTables.Load(data);
}
