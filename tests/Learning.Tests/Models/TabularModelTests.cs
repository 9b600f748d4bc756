using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Tests.Models;

public class TabularModelTests
{
    public static TheoryData<string> Classifiers { get; } = [.. LearnerCatalog.For(LearningTask.Classification).Select(learner => learner.Name)];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Predict_RowByRow_EqualsTheTableBitForBit(string learner)
    {
        Table table = SampleTables.Load("iris");
        TabularModel model = SampleTables.Fit(table, learner);
        double[] expected = model.Predict(table, maximumThreads: 4);
        string[] lines = File.ReadAllLines(Learners.Samples.PathOf("iris"));
        double[] output = new double[model.OutputCount];
        double[] scratch = new double[model.ScratchLength];
        for (int row = 0; row < table.RowCount; row++)
        {
            Cell[] cells = [.. lines[row + 1].Split(',').SkipLast(1).Select((text, index) => index % 2 == 0 ? Cell.FromText(text) : Cell.FromNumber(double.Parse(text)))];
            model.Predict(cells, output, scratch);
            Assert.Equal(expected.AsSpan(row * 3, 3).ToArray(), output);
        }
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Predict_OneRow_AllocatesNothing(string learner)
    {
        TabularModel model = SampleTables.Fit("breast-cancer", learner);
        Cell[] cells = [.. model.Inputs.Columns.Select((_, index) => Cell.FromNumber(index))];
        double[] output = new double[model.OutputCount];
        double[] scratch = new double[model.ScratchLength];
        model.Predict(cells, output, scratch);
        long bytes = Allocations.Of(() =>
        {
            for (int call = 0; call < 100; call++)
            {
                model.Predict(cells, output, scratch);
            }
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Predict_OnMissingAndUnseenValues_StillAnswers(string learner)
    {
        TabularModel model = SampleTables.Fit(SampleTables.Mixed(), learner);
        double[] output = new double[2];
        double[] scratch = new double[model.ScratchLength];
        model.Predict([Cell.Missing, Cell.FromText("violet"), Cell.FromText("true"), Cell.Missing], output, scratch);
        Assert.Equal(1, output.Sum(), 12);
        model.Predict([Cell.Missing, Cell.Missing, Cell.Missing, Cell.Missing], output, scratch);
        Assert.Equal(1, output.Sum(), 12);
    }

    [Fact]
    public void Predict_OnTextInANumberColumn_NamesTheColumn()
    {
        TabularModel model = SampleTables.Fit(SampleTables.Mixed(), "decision_tree");
        LearningException failure = Assert.Throws<LearningException>(() =>
            model.Predict([Cell.FromText("old"), Cell.FromText("red"), Cell.FromText("true"), Cell.FromNumber(1)], new double[2], new double[model.ScratchLength]));
        Assert.Equal("age", failure.Field);
    }

    [Fact]
    public void Fit_OnMixedColumns_LearnsTheRule()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "gradient_boosting", ("min_rows_per_leaf", 5));
        Assert.Equal(["no", "yes"], model.Classes);
        Assert.InRange(model.Evaluate(table).Value("accuracy"), 0.9, 1);
        Assert.Equal(table.RowCount, model.Lineage.TrainingRows);
        Assert.Equal(7UL, model.Lineage.Seed);
    }

    [Fact]
    public void Fit_WithBalancedClasses_FindsMoreOfTheRareOne()
    {
        Table all = SampleTables.Load("breast-cancer");
        TargetEncoding target = TargetEncoding.Infer(all);
        EncodedTarget encoded = target.Encode(all);
        int[] rare = [.. encoded.Rows.Where(row => encoded.Labels[row] == 1).Take(15)];
        Table table = all.SelectRows([.. encoded.Rows.Where(row => encoded.Labels[row] == 0), .. rare]);
        TabularFit fit = new(table, target, LearnerCatalog.Get("logistic_regression")) { Settings = Learners.Some.Settings(("l2", 1000)) };
        double plain = TabularTrainer.Fit(fit, default).Evaluate(all).Classes[1].Recall;
        double balanced = TabularTrainer.Fit(fit with { BalanceClasses = true }, default).Evaluate(all).Classes[1].Recall;
        Assert.True(balanced > plain, $"{balanced} against {plain}");
    }
}
