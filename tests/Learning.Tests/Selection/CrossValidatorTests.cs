using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

public class CrossValidatorTests
{
    private static readonly Candidate Tree = new("tree", "decision_tree", new Dictionary<string, double>());

    [Fact]
    public void Score_AtAnyThreadCount_IsTheSame()
    {
        double[] Scores(int threads) => [.. Score(SampleTables.Load("wine"), Tree, "log_loss", new CrossValidationOptions(3) { MaxDegreeOfParallelism = threads }).FoldScores];
        Assert.Equal(Scores(1), Scores(4));
        Assert.Equal(5, Scores(2).Length);
    }

    [Fact]
    public void Score_IsTheMeanOfItsFolds()
    {
        List<FoldScore> reported = [];
        CrossValidationResult result = Score(SampleTables.Load("iris"), Tree, "accuracy", new CrossValidationOptions(3) { Folds = 3, MaxDegreeOfParallelism = 1, Progress = new Reports(reported) });
        Assert.Equal(result.FoldScores, reported.Select(each => each.Score!.Value));
        Assert.Equal(result.FoldScores.Average(), result.Mean, 12);
    }

    [Fact]
    public void Score_OnNoise_IsNoBetterThanChance()
    {
        // A leak of validation rows into the plan or the fit would show here.
        Table table = SampleTables.Load("iris");
        int[] shuffled = [.. Enumerable.Range(0, table.RowCount)];
        new DeterministicRandom(9).Shuffle(shuffled);
        Table noise = new([.. table.Columns.Select(column => column.Name == "species" ? column.SelectRows(shuffled) : column)]);
        Assert.InRange(Score(noise, Tree, "accuracy", new CrossValidationOptions(3)).Mean, 0.2, 0.45);
    }

    [Theory]
    [InlineData("no_such", "l2", 1, "learner_unknown")]
    [InlineData("decision_tree", "charm", 1, "setting_unknown")]
    [InlineData("decision_tree", "max_bins", 1, "setting_out_of_range")]
    public void Score_OfAnImpossibleCandidate_SaysWhy(string learner, string setting, double value, string code)
    {
        Candidate candidate = new("odd", learner, new Dictionary<string, double> { [setting] = value });
        LearningException failure = Assert.Throws<LearningException>(() => Score(SampleTables.Load("iris"), candidate, "accuracy", new CrossValidationOptions(1)));
        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public void Score_ByAMetricOfTheOtherTask_SaysSo() =>
        Assert.Equal("metric_task_mismatch", Assert.Throws<LearningException>(() => Score(SampleTables.Load("iris"), Tree, "rmse", new CrossValidationOptions(1))).Code);

    [Fact]
    public void Score_WithOneFold_SaysWhatIsAllowed() =>
        Assert.Equal("option_out_of_range", Assert.Throws<LearningException>(() => Score(SampleTables.Load("iris"), Tree, "accuracy", new CrossValidationOptions(1) { Folds = 1 })).Code);

    private static CrossValidationResult Score(Table table, Candidate candidate, string metric, CrossValidationOptions options) =>
        CrossValidator.Score(table, TargetEncoding.Infer(table), candidate, MetricCatalog.Get(metric), options, default);

    private sealed class Reports(List<FoldScore> reported) : IProgress<FoldScore>
    {
        public void Report(FoldScore value) => reported.Add(value);
    }
}
