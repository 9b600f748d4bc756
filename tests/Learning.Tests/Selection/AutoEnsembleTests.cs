using System.Text.Json;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

public class AutoEnsembleTests
{
    private static readonly Candidate Line = new("line", "linear_regression", new Dictionary<string, double>());
    private static readonly Candidate Tree = new("tree", "decision_tree", new Dictionary<string, double> { ["max_depth"] = 3 });

    [Fact]
    public void Train_OnALineWithSteps_TakesTheEnsembleThatIsBetterThanEither()
    {
        // A line sees no steps and a tree no slope.
        Table rows = Stairs(600, 1);
        AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options(), default);
        LeaderboardEntry best = result.Leaderboard.Best;
        Assert.Contains(best.Candidate.Learner, EnsembleNames.All);
        Assert.Equal(["line", "tree"], best.Members!.Keys.Order());
        Assert.Equal(best.Candidate.Learner, result.Model.Lineage.Learner);
        Assert.Equal(["decision_tree", "linear_regression"], result.Model.Lineage.Members!.Select(member => member.Learner).Order());

        // What cross-validation promises holds on rows that nobody has seen.
        Table held = Stairs(600, 2);
        double of = result.Model.Evaluate(held).Metrics["rmse"];
        Assert.InRange(of, best.Score!.Value * 0.85, best.Score.Value * 1.15);
        Assert.All([Line, Tree], single => Assert.True(of < Single(rows, single).Evaluate(held).Metrics["rmse"]));
    }

    [Fact]
    public void Train_WhereAnEnsembleIsOnlyAsGood_TakesTheSingleModel()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(row => row < 30 ? row * 0.01 : 5 + (row * 0.01))];
        Table rows = new([new NumberColumn("x", x), new TextColumn("y", ColumnType.Category, x.Select(value => value < 2 ? "low" : "high"))]);
        Candidate[] candidates = [new("bayes", "naive_bayes", new Dictionary<string, double>()), Tree];
        AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options() with { Candidates = candidates }, default);
        Assert.Equal("bayes", result.Leaderboard.Best.Candidate.Name);
        Assert.Equal(1, result.Leaderboard.Best.Score);
        Assert.Contains(result.Leaderboard.Entries, entry => entry.Members is not null);
        Assert.Equal("naive_bayes", result.Model.Lineage.Learner);
    }

    [Fact]
    public void Train_AtAnyThreadCount_GivesTheSameModelAndBoard()
    {
        Table rows = Stairs(300, 1);
        (byte[], string) Run(int threads)
        {
            AutoOptions options = Options() with { Scoring = new CrossValidationOptions(1) { Folds = 3, MaxDegreeOfParallelism = threads } };
            AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, options, default);
            return (TabularModelFile.ToBytes(result.Model), JsonSerializer.Serialize(result.Leaderboard.Entries.Select(entry => entry with { Time = default })));
        }

        (byte[] model, string board) = Run(1);
        Assert.All([2, 7], threads => Assert.Equal((Convert.ToHexString(model), board), (Convert.ToHexString(Run(threads).Item1), Run(threads).Item2)));
    }

    [Fact]
    public void Train_WithACandidateThatCannotBeFitted_NamesItsErrorOnTheBoard()
    {
        Table rows = Stairs(100, 1);
        Candidate broken = new("broken", "decision_tree", new Dictionary<string, double> { ["max_depth"] = -1 });
        AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options() with { Candidates = [broken, Line] }, default);
        Assert.Equal("line", result.Leaderboard.Best.Candidate.Name);
        LeaderboardEntry last = result.Leaderboard.Entries[^1];
        Assert.Equal(("broken", "setting_out_of_range", CandidateExit.Failed, null, 0), (last.Candidate.Name, last.Code, last.Exit, last.Score, last.Rung));
    }

    [Fact]
    public void Train_WhereNoCandidateCanBeFitted_SaysWhy()
    {
        Table rows = Stairs(100, 1);
        Candidate broken = new("broken", "decision_tree", new Dictionary<string, double> { ["max_depth"] = -1 });
        LearningException failure = Assert.Throws<LearningException>(() => AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options() with { Candidates = [broken] }, default));
        Assert.Equal(("setting_out_of_range", "max_depth"), (failure.Code, failure.Field));
    }

    [Fact]
    public void Train_WithoutCandidates_SaysSo()
    {
        Table rows = Stairs(100, 1);
        Assert.Equal("Candidates", Assert.Throws<LearningException>(() => AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options() with { Candidates = [] }, default)).Field);
    }

    [Fact]
    public void Train_OfARareClass_StillFindsRungsThatHoldIt()
    {
        // 20 of 2000 rows: of 500 rows hardly any fold would hold one, and the metric would be undefined in all.
        DeterministicRandom random = new(3);
        double[] x = [.. Enumerable.Range(0, 2000).Select(row => random.NextGaussian() + (row % 100 == 0 ? 3 : 0))];
        Table rows = new([new NumberColumn("x", x), new TextColumn("y", ColumnType.Category, x.Select((_, row) => row % 100 == 0 ? "rare" : "usual"))]);
        Candidate[] trees = [.. Enumerable.Range(1, 9).Select(depth => new Candidate($"tree_{depth}", "decision_tree", new Dictionary<string, double> { ["max_depth"] = depth }))];
        AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), MetricCatalog.Get("roc_auc"), Options() with { Candidates = trees }, default);
        Assert.All(result.Leaderboard.Entries, entry => Assert.Equal((2000, CandidateExit.Finished), (entry.Rows, entry.Exit)));
        Assert.InRange(result.Leaderboard.Best.Score!.Value, 0.8, 1);
    }

    [Fact]
    public void Train_OnMixedColumns_SearchesEveryLearner()
    {
        Table rows = SampleTables.Mixed().SelectRows([.. Enumerable.Range(0, 120)]);
        AutoResult result = AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, new AutoOptions(new CrossValidationOptions(1) { Folds = 2 }), default);
        Assert.All(result.Leaderboard.Entries, entry => Assert.NotNull(entry.Score));
        Assert.Equal(SearchSpace.MaximumCandidates, result.Leaderboard.Entries.Count(entry => entry.Members is null));
    }

    private static TabularModel Single(Table rows, Candidate candidate) =>
        AutoTrainer.Train(rows, TargetEncoding.Infer(rows), null, Options() with { Candidates = [candidate] }, default).Model;

    private static AutoOptions Options() => new(new CrossValidationOptions(1)) { Candidates = [Line, Tree] };

    private static Table Stairs(int count, ulong seed)
    {
        DeterministicRandom random = new(seed);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 10)];
        double[] step = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 10)];
        double[] y = [.. x.Select((value, row) => (0.6 * value) + (step[row] is > 3 and < 6 ? 3 : 0) + (0.3 * random.NextGaussian()))];
        return new([new NumberColumn("x", x), new NumberColumn("step", step), new NumberColumn("target", y)]);
    }
}
