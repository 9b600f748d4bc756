using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Tests.Pipelines.Steps;

public class RunLeaderboardTests
{
    [Fact]
    public void Of_TwoRungs_PutsThoseThatCameFurtherFirst()
    {
        CandidateScore[] scores = [Score(0, "a", 1, 0.7), Score(1, "b", 1, 0.9), Score(2, "c", 1, 0.8), Score(3, "d", 1, null) with { Code = "feature_not_finite" }, Score(4, "b", 2, 0.6), Score(5, "c", 2, 0.65)];
        IReadOnlyList<LeaderboardEntry> board = RunLeaderboard.Of(scores, "accuracy");
        Assert.Equal(["c", "b", "a", "d"], board.Select(entry => entry.Candidate.Name));
        Assert.Equal([0.65, 0.6, 0.7, null], board.Select(entry => entry.Score));
        Assert.Equal([2, 2, 1, 0], board.Select(entry => entry.Rung));
        Assert.Equal([CandidateExit.Finished, CandidateExit.Finished, CandidateExit.Outscored, CandidateExit.Failed], board.Select(entry => entry.Exit));
        Assert.Equal([4, 4, 2, 2], board.Select(entry => entry.Time.TotalSeconds));
        Assert.Equal("feature_not_finite", board[3].Code);
        Assert.Equal("c", BestCandidate.Of(scores, "accuracy")!.Name);
    }

    [Fact]
    public void Of_ARungThatTheTimeEnded_CountsTheOneBefore()
    {
        CandidateScore[] scores = [Score(0, "a", 1, 0.7), Score(1, "b", 1, 0.9), Score(2, "c", 1, 0.8), Score(3, "b", 2, 0.6), Score(4, "c", 2, null) with { TimeUp = true }];
        IReadOnlyList<LeaderboardEntry> board = RunLeaderboard.Of(scores, "accuracy");
        Assert.Equal(["b", "c", "a"], board.Select(entry => entry.Candidate.Name));
        Assert.Equal([0.9, 0.8, 0.7], board.Select(entry => entry.Score));
        Assert.Equal(CandidateExit.TimeUp, board[1].Exit);
        Assert.Equal((1, 0.9), (BestCandidate.Of(scores, "accuracy")!.Index, BestCandidate.Of(scores, "accuracy")!.Score));
    }

    [Fact]
    public void Of_AFirstRungThatTheTimeEnded_CountsWhatIsThere()
    {
        CandidateScore[] scores = [Score(0, "a", 1, 0.7), Score(1, "b", 1, 0.9), Score(2, "c", 1, null) with { TimeUp = true }];
        Assert.Equal(["b", "a", "c"], RunLeaderboard.Of(scores, "accuracy").Select(entry => entry.Candidate.Name));
        Assert.Equal("b", BestCandidate.OrSimplest(scores, "accuracy")!.Name);
    }

    [Fact]
    public void OrSimplest_WhereTheTimeWasUpAtOnce_IsTheFirstThatDidNotFail()
    {
        CandidateScore[] scores = [Score(2, "c", 1, null) with { TimeUp = true }, Score(0, "a", 1, null) with { Code = "too_few_rows" }, Score(1, "b", 1, null) with { TimeUp = true }];
        Assert.Null(BestCandidate.Of(scores, "accuracy"));
        Assert.Equal("b", BestCandidate.OrSimplest(scores, "accuracy")!.Name);
        Assert.Null(BestCandidate.OrSimplest([scores[1]], "accuracy"));
    }

    [Fact]
    public void Of_ScoresFromBeforeThereWereRungs_RanksThemAlike()
    {
        CandidateScore[] scores = [Score(0, "a", null, 3), Score(1, "b", null, 2), Score(2, "c", null, 2)];
        Assert.Equal(["b", "c", "a"], RunLeaderboard.Of(scores, "rmse").Select(entry => entry.Candidate.Name));
        Assert.Equal("b", BestCandidate.Of(scores, "rmse")!.Name);
        Assert.Empty(RunLeaderboard.Of([], "rmse"));
    }

    [Fact]
    public void Of_WhatIsStillBeingScored_LeavesItOut()
    {
        CandidateScore[] scores = [Score(0, "a", 1, 3), Score(1, "b", 1, null) with { Seconds = null }];
        Assert.Equal(["a"], RunLeaderboard.Of(scores, "rmse").Select(entry => entry.Candidate.Name));
    }

    private static CandidateScore Score(int index, string name, int? rung, double? score) =>
        new(index, name, "decision_tree", new Dictionary<string, double>(StringComparer.Ordinal), score, score is null ? null : 0.1) { Rung = rung, Rows = 100 * rung, Seconds = 2 };
}
