using System.Text.Json;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

public class AutoTrainerTests
{
    [Fact]
    public void Train_OnIris_FitsTheBestOfTheBoard()
    {
        Table table = SampleTables.Load("iris");
        AutoResult result = AutoTrainer.Train(table, TargetEncoding.Infer(table), null, new CrossValidationOptions(1) { Folds = 3 }, default);
        Assert.Equal("accuracy", result.Leaderboard.Metric);
        Assert.Equal(result.Leaderboard.Best.Candidate.Learner, result.Model.Lineage.Learner);
        Assert.Equal(result.Leaderboard.Entries.Max(entry => entry.Mean), result.Leaderboard.Best.Mean);
        Assert.InRange(result.Leaderboard.Best.Mean, 0.94, 1);
    }

    [Theory]
    [InlineData("accuracy", "high")]
    [InlineData("rmse", "low")]
    public void Rank_FollowsTheMetricsDirection(string metric, string winner)
    {
        CrossValidationResult Entry(string name, double mean) => new(new Candidate(name, "decision_tree", new Dictionary<string, double>()), metric, mean, 0, [mean]);
        Leaderboard board = Leaderboard.Rank(MetricCatalog.Get(metric), [Entry("low", 0.1), Entry("high", 0.9), Entry("low_again", 0.1)]);
        Assert.Equal(winner, board.Best.Candidate.Name);
        Assert.Equal(3, board.Entries.Count);
    }

    [Theory]
    [InlineData(LearningTask.Classification, 100, 4)]
    [InlineData(LearningTask.Regression, 100, 4)]
    [InlineData(LearningTask.Classification, 1_000_000, 100)]
    [InlineData(LearningTask.Regression, 1_000_000, 100)]
    [InlineData(LearningTask.Classification, 200, 10_000)]
    public void CandidateList_HoldsOnlyWhatCanRun(LearningTask task, int rows, int features)
    {
        IReadOnlyList<Candidate> list = CandidateList.For(task, rows, features);
        Assert.Equal(list.Count, list.Select(candidate => candidate.Name).Distinct().Count());
        Assert.InRange(list.Count, 2, 8);
        Assert.True(features <= CandidateList.ManyFeatures || list.All(candidate => candidate.Learner != "gradient_boosting"));
        Assert.All(list, candidate =>
        {
            ILearner learner = LearnerCatalog.Get(candidate.Learner);
            Assert.Contains(task, learner.Tasks);
            candidate.ToSettings().Validate(learner.HyperParameters);
        });
    }

    [Fact]
    public void Candidate_ThroughJson_StaysTheSame()
    {
        Candidate candidate = CandidateList.For(LearningTask.Classification, 100, 4)[^1];
        Candidate back = JsonSerializer.Deserialize<Candidate>(JsonSerializer.Serialize(candidate))!;
        Assert.Equal((candidate.Name, candidate.Learner), (back.Name, back.Learner));
        Assert.Equal(candidate.Settings, back.Settings);
    }
}
