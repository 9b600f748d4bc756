using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Selection;
using Trainyard.Testing;

namespace Trainyard.Learning.Tests.Selection;

/// <summary>Races of nine trees in two rungs, 9 on 500 rows and 3 on 1500, in which every fold takes a second.</summary>
public class TimeBudgetTests
{
    private const int EarlyFits = 9 * Halving.EarlyFolds;
    private const int LateFits = 3 * 5;

    private static readonly Table Rows = Waves();

    [Fact]
    public void Train_WithoutABudget_TakesTheBestThirdToAllRows()
    {
        (AutoResult result, List<FoldScore> fits) = Train(budget: null);
        Assert.Equal(EarlyFits + LateFits, fits.Count);
        LeaderboardEntry[] trees = [.. result.Leaderboard.Entries];
        Assert.Equal(9, trees.Length);
        Assert.All(trees[..3], entry => Assert.Equal((2, 1500, CandidateExit.Finished, 8.0), (entry.Rung, entry.Rows, entry.Exit, entry.Time.TotalSeconds)));
        Assert.All(trees[3..], entry => Assert.Equal((1, 500, CandidateExit.Outscored, 3.0), (entry.Rung, entry.Rows, entry.Exit, entry.Time.TotalSeconds)));

        // The witness scores each by itself on the same rows.
        TargetEncoding target = TargetEncoding.Infer(Rows);
        Table few = Halving.Sample(Rows, target, 500, 1);
        MetricInfo rmse = MetricCatalog.Get("rmse");
        Candidate[] byHand = [.. Candidates().OrderBy(candidate => CrossValidator.Score(few, target, candidate, rmse, new CrossValidationOptions(1) { Folds = 3 }, default).Mean)];
        Assert.Equal(byHand[..3].Select(candidate => candidate.Name).Order(), trees[..3].Select(entry => entry.Candidate.Name).Order());
        Assert.Equal(byHand[3..].Select(candidate => candidate.Name), trees[3..].Select(entry => entry.Candidate.Name));
        Assert.Equal(trees[0].Candidate.Settings, result.Model.Lineage.Settings);
    }

    [Fact]
    public void Train_WhoseBudgetEndsInTheLastRung_TakesTheBestOfTheOneBefore()
    {
        (AutoResult unbounded, _) = Train(budget: null);
        (AutoResult result, List<FoldScore> fits) = Train(budget: EarlyFits + 7);
        Assert.Equal(EarlyFits + 7, fits.Count);
        LeaderboardEntry best = result.Leaderboard.Best;
        Assert.Equal((1, 500, CandidateExit.TimeUp), (best.Rung, best.Rows, best.Exit));
        Assert.Equal(result.Leaderboard.Entries.Min(entry => entry.Score), best.Score);
        Assert.Equal(best.Candidate.Settings, result.Model.Lineage.Settings);
        Assert.Equal(1500, result.Model.Lineage.TrainingRows);
        Assert.Equal(3, result.Leaderboard.Entries.Count(entry => entry.Exit == CandidateExit.TimeUp));
        Assert.Equal(6, result.Leaderboard.Entries.Count(entry => entry.Exit == CandidateExit.Outscored));
        Assert.Contains(best.Candidate.Name, unbounded.Leaderboard.Entries.Take(3).Select(entry => entry.Candidate.Name));
    }

    [Fact]
    public void Train_WhoseBudgetEndsInTheFirstRung_TakesTheBestThatWasScored()
    {
        // Two candidates are through and the third is under way; it is cancelled, and no fourth begins.
        (AutoResult result, List<FoldScore> fits) = Train(budget: 7);
        Assert.Equal(["tree_1", "tree_1", "tree_1", "tree_2", "tree_2", "tree_2", "tree_3"], fits.Select(fit => fit.Candidate));
        Assert.Equal("tree_2", result.Leaderboard.Best.Candidate.Name);
        Assert.All(result.Leaderboard.Entries, entry => Assert.Equal(CandidateExit.TimeUp, entry.Exit));
        Assert.Equal(["tree_2", "tree_1"], result.Leaderboard.Entries.Where(entry => entry.Score is not null).Select(entry => entry.Candidate.Name));
        Assert.Equal(2, result.Model.Lineage.Settings["max_depth"]);
    }

    [Fact]
    public void Train_WhoseBudgetEndsAtOnce_ReturnsTheSimplest()
    {
        (AutoResult result, List<FoldScore> fits) = Train(budget: 1);
        Assert.Single(fits);
        Assert.Equal(("tree_1", 0, null), (result.Leaderboard.Best.Candidate.Name, result.Leaderboard.Best.Rung, result.Leaderboard.Best.Score));
        Assert.Equal(1, result.Model.Lineage.Settings["max_depth"]);
        Assert.True(double.IsFinite(result.Model.Predict(Rows)[0]));
    }

    [Fact]
    public void Train_CancelledByTheCaller_ThrowsWhateverTheBudget()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        AutoOptions options = new(new CrossValidationOptions(1)) { Candidates = Candidates(), TimeBudget = TimeSpan.FromHours(1), Time = new ManualTimeProvider() };
        Assert.ThrowsAny<OperationCanceledException>(() => AutoTrainer.Train(Rows, TargetEncoding.Infer(Rows), null, options, source.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31 * 24 * 3600)]
    public void Train_OfABudgetOutOfRange_SaysWhatIsAllowed(double seconds)
    {
        AutoOptions options = new(new CrossValidationOptions(1)) { TimeBudget = TimeSpan.FromSeconds(seconds) };
        LearningException failure = Assert.Throws<LearningException>(() => AutoTrainer.Train(Rows, TargetEncoding.Infer(Rows), null, options, default));
        Assert.Equal(("option_out_of_range", "TimeBudget"), (failure.Code, failure.Field));
    }

    private static (AutoResult Result, List<FoldScore> Fits) Train(double? budget)
    {
        ManualTimeProvider time = new();
        List<FoldScore> fits = [];
        CrossValidationOptions scoring = new(1)
        {
            MaxDegreeOfParallelism = 1,
            Progress = new Listener<FoldScore>(fold =>
            {
                fits.Add(fold);
                time.Advance(TimeSpan.FromSeconds(1));
            }),
        };
        AutoOptions options = new(scoring) { Candidates = Candidates(), Time = time, TimeBudget = budget is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TriesEnsembles = false };
        return (AutoTrainer.Train(Rows, TargetEncoding.Infer(Rows), null, options, default), fits);
    }

    private static Candidate[] Candidates() =>
        [.. Enumerable.Range(1, 9).Select(depth => new Candidate($"tree_{depth}", "decision_tree", new Dictionary<string, double> { ["max_depth"] = depth }))];

    private static Table Waves()
    {
        DeterministicRandom random = new(5);
        double[] x = [.. Enumerable.Range(0, 1500).Select(_ => random.NextDouble() * 12)];
        return new([new NumberColumn("x", x), new NumberColumn("target", [.. x.Select(value => Math.Sin(value) + (0.2 * random.NextGaussian()))])]);
    }

    private sealed class Listener<T>(Action<T> heard) : IProgress<T>
    {
        public void Report(T value) => heard(value);
    }
}
