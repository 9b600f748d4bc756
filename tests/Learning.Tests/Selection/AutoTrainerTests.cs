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
        AutoResult result = AutoTrainer.Train(table, TargetEncoding.Infer(table), null, new AutoOptions(new CrossValidationOptions(1) { Folds = 3 }) { Candidates = CandidateList.For(LearningTask.Classification, 150, 4) }, default);
        Assert.Equal("accuracy", result.Leaderboard.Metric);
        Assert.Equal(result.Leaderboard.Best.Candidate.Learner, result.Model.Lineage.Learner);
        Assert.Equal(result.Leaderboard.Entries.Max(entry => entry.Score), result.Leaderboard.Best.Score);
        Assert.InRange(result.Leaderboard.Best.Score!.Value, 0.94, 1);

        // A small table has one rung: what could be ranked on all rows is.
        Assert.All(result.Leaderboard.Entries, entry => Assert.Equal((1, 150, CandidateExit.Finished), (entry.Rung, entry.Rows, entry.Exit)));
    }

    [Theory]
    [InlineData("accuracy", "high")]
    [InlineData("rmse", "low")]
    public void Rank_FollowsTheMetricsDirection(string metric, string winner)
    {
        LeaderboardEntry Entry(string name, double? score, int rung, CandidateExit exit = CandidateExit.Finished) =>
            new(new Candidate(name, "decision_tree", new Dictionary<string, double>()), score, 0, rung, 100, TimeSpan.Zero, exit);
        Leaderboard board = Leaderboard.Rank(MetricCatalog.Get(metric), [Entry("broken", null, 0, CandidateExit.Failed), Entry("late", null, 0), Entry("early", 0.5, 1), Entry("low", 0.1, 2), Entry("high", 0.9, 2), Entry("low_again", 0.1, 2)]);
        Assert.Equal(winner, board.Best.Candidate.Name);
        string[] names = [.. board.Entries.Select(entry => entry.Candidate.Name)];
        Assert.Equal(["early", "late", "broken"], names[3..]);
        Assert.True(Array.IndexOf(names, "low") < Array.IndexOf(names, "low_again"));
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
