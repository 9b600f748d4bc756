using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

public class ModelTypeTests
{
    [Theory]
    [InlineData("fraud_detection", "y", LearningTask.Classification, "random_forest")]
    [InlineData("anomaly_detection", null, LearningTask.AnomalyDetection, "isolation_forest")]
    [InlineData("anomaly_detection", "y", LearningTask.AnomalyDetection, "isolation_forest")]
    [InlineData("pattern_recognition", "y", LearningTask.Classification, "logistic_regression")]
    [InlineData("pattern_recognition", null, LearningTask.Clustering, "kmeans")]
    [InlineData("prediction", "y", LearningTask.Regression, "linear_regression")]
    public void Find_OfAPromisedType_TriesTheRightLearners(string name, string? target, LearningTask task, string learner)
    {
        ModelType type = ModelType.Find(name)!;
        Assert.Equal(task, type.TaskFor(target));
        IReadOnlyList<Candidate> candidates = type.Candidates(task, 500, 10, isMonotone: false);
        Assert.Equal(learner, candidates[0].Learner);
        Assert.All(candidates, candidate =>
        {
            Assert.Contains(task, LearnerCatalog.Get(candidate.Learner).Tasks);
            candidate.ToSettings().Validate(LearnerCatalog.Get(candidate.Learner).HyperParameters);
        });
    }

    [Fact]
    public void Find_OfAnotherName_FindsNone()
    {
        Assert.Null(ModelType.Find("crystal_ball"));
        Assert.Null(ModelType.Find(null));
        Assert.Equal(["anomaly_detection", "fraud_detection", "pattern_recognition", "prediction"], ModelType.Names);
    }

    [Fact]
    public void FraudDetection_BalancesAndStandardizes() =>
        Assert.Equal((true, true), (ModelType.Find("fraud_detection")!.BalanceClasses, ModelType.Find("fraud_detection")!.Standardize));

    [Fact]
    public void Train_OfClusters_FindsTheirNumber()
    {
        // Three groups far apart, whatever the count is called.
        double[] values = [.. Enumerable.Range(0, 90).Select(row => (row % 3 * 100.0) + (row % 7))];
        Table rows = new([new NumberColumn("x", values)]);
        TargetEncoding target = TargetEncoding.Infer(rows, null, LearningTask.Clustering);
        AutoResult result = AutoTrainer.Train(rows, target, null, new AutoOptions(new CrossValidationOptions(1) { Folds = 3 }), default);
        Assert.Equal("kmeans_3", result.Leaderboard.Best.Candidate.Name);
        Assert.Equal(3, result.Model.OutputCount);
    }

    [Fact]
    public void Fit_Standardized_ScalesWhatTreesSeeAndKeepsWhatTheySay()
    {
        Table rows = SampleTables.Load("breast-cancer");
        TabularModel Fit(bool standardize) => TabularTrainer.Fit(
            new TabularFit(rows, TargetEncoding.Infer(rows), LearnerCatalog.Get("decision_tree")) { Standardize = standardize, BalanceClasses = true }, default);
        TabularModel scaled = Fit(true);
        Assert.Equal((true, true), (scaled.Lineage.Standardize, scaled.Lineage.BalanceClasses));
        Assert.All(scaled.Plan.Transform(rows).Column(0).ToArray(), value => Assert.InRange(value, -10, 10));
        Assert.Equal(Fit(false).Predict(rows), scaled.Predict(rows));
    }
}
