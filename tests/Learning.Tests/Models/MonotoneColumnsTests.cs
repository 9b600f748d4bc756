using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Models;

public class MonotoneColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Fit_OnASample_MovesOneWayOnlyAndRemembersIt(int direction)
    {
        Table table = SampleTables.Load("diabetes");
        Dictionary<string, int> monotone = new() { ["bmi"] = direction };
        TabularModel model = TabularTrainer.Fit(Fit(table, "gradient_boosting") with { Monotone = monotone }, default);
        Assert.All(Enumerable.Range(0, table.RowCount), row => Assert.All(AlongBmi(model, table, row), step => Assert.True(direction * step >= 0)));
        using MemoryStream file = new(TabularModelFile.ToBytes(model));
        Assert.Equal(monotone, (await TabularModelFile.ReadAsync(file, default)).Lineage.Monotone);
    }

    [Fact]
    public void Fit_WithoutConstraint_MovesBothWays()
    {
        Table table = SampleTables.Load("diabetes");
        double[] steps = [.. AlongBmi(TabularTrainer.Fit(Fit(table, "gradient_boosting"), default), table, 0)];
        Assert.Contains(steps, step => step > 0);
        Assert.Contains(steps, step => step < 0);
    }

    [Fact]
    public void Fit_OnAColumnThatIsConstant_HasNothingToKeep()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(row => row * 1.5)];
        Table table = new([new NumberColumn("flat", new double[20]), new NumberColumn("x", values), new NumberColumn("target", values)]);
        TabularModel model = TabularTrainer.Fit(Fit(table, "gradient_boosting") with { Monotone = new Dictionary<string, int> { ["flat"] = 1 } }, default);
        Assert.Equal(["x"], model.Plan.Features.Select(feature => feature.Name));
    }

    [Theory]
    [InlineData("diabetes", "absent", 1)]
    [InlineData("diabetes", "progression", 1)]
    [InlineData("diabetes", "bmi", 2)]
    [InlineData("iris", "petal_width_cm", 1)]
    public void Check_OfWhatCannotBe_NamesTheColumn(string sample, string column, int direction)
    {
        Table table = SampleTables.Load(sample);
        LearningException refused = Assert.Throws<LearningException>(() =>
            TabularTrainer.Fit(Fit(table, "gradient_boosting") with { Monotone = new Dictionary<string, int> { [column] = direction } }, default));
        Assert.Equal(("monotone_invalid", column), (refused.Code, refused.Field));
    }

    [Fact]
    public void Check_OfACategory_IsRefused()
    {
        Table table = SampleTables.Mixed();
        LearningException refused = Assert.Throws<LearningException>(() =>
            MonotoneColumns.Check(new Dictionary<string, int> { ["age"] = 1, ["member"] = -1, ["colour"] = 1 }, table.Schema, TargetEncoding.Infer(table)));
        Assert.Equal(("monotone_invalid", "colour"), (refused.Code, refused.Field));
    }

    [Theory]
    [InlineData("linear_regression")]
    [InlineData("random_forest")]
    public void Fit_ByALearnerThatCannot_IsRefused(string learner)
    {
        TabularFit fit = Fit(SampleTables.Load("diabetes"), learner) with { Monotone = new Dictionary<string, int> { ["bmi"] = 1 } };
        LearningException refused = Assert.Throws<LearningException>(() => TabularTrainer.Fit(fit, default));
        Assert.Equal("monotone_unsupported", refused.Code);
        Assert.Contains("gradient_boosting", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WithConstraint_TriesOnlyWhatKeepsIt()
    {
        Table table = SampleTables.Load("diabetes");
        CrossValidationOptions options = new(1) { Folds = 2, Monotone = new Dictionary<string, int> { ["bmi"] = 1 } };
        AutoResult result = AutoTrainer.Train(table, TargetEncoding.Infer(table), MetricCatalog.Get("rmse"), new AutoOptions(options), default);
        Assert.All(result.Leaderboard.Entries.Where(entry => entry.Members is null), entry => Assert.True(LearnerCatalog.Get(entry.Candidate.Learner).KeepsMonotone));
        Assert.All(result.Leaderboard.Entries.Where(entry => entry.Members is not null), entry => Assert.Equal("averaging", entry.Candidate.Learner));
        Assert.Equal(options.Monotone, result.Model.Lineage.Monotone);
        Assert.All(AlongBmi(result.Model, table, 3), step => Assert.True(step >= 0));
    }

    [Fact]
    public void CandidateList_OfAVeryWideTable_StillHasOneThatKeepsConstraints() =>
        Assert.NotEmpty(CandidateList.For(LearningTask.Regression, 200, CandidateList.ManyFeatures + 1, isMonotone: true));

    private static TabularFit Fit(Table table, string learner) =>
        new(table, TargetEncoding.Infer(table), LearnerCatalog.Get(learner)) { Options = new FitOptions(7) };

    private static IEnumerable<double> AlongBmi(TabularModel model, Table table, int row)
    {
        Cell[] cells = [.. model.Inputs.Columns.Select(column => table[column.Name].CellAt(row))];
        int bmi = model.Inputs.Columns.ToList().FindIndex(column => column.Name == "bmi");
        double[] output = new double[1];
        double[] scratch = new double[model.ScratchLength];
        double before = double.NaN;
        for (double value = 16; value < 45; value += 0.25)
        {
            cells[bmi] = Cell.FromNumber(value);
            model.Predict(cells, output, scratch);
            if (!double.IsNaN(before))
            {
                yield return output[0] - before;
            }

            before = output[0];
        }
    }
}
