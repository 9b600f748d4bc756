using Trainyard.Learning.Data;
using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Ensembles;

public class EnsembleTrainerTests
{
    public static TheoryData<EnsembleMethod, string> Fits { get; } = new()
    {
        { EnsembleMethod.Voting, "mixed" },
        { EnsembleMethod.Averaging, "mixed" },
        { EnsembleMethod.Averaging, "diabetes" },
        { EnsembleMethod.Stacking, "mixed" },
        { EnsembleMethod.Stacking, "iris" },
        { EnsembleMethod.Stacking, "diabetes" },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Fit_AtAnyThreadCount_WritesTheSameBytes(EnsembleMethod method, string data)
    {
        byte[] single = TabularModelFile.ToBytes(Samples.Fit(method, data, threads: 1));
        Assert.Equal(single, TabularModelFile.ToBytes(Samples.Fit(method, data, threads: 2)));
        Assert.Equal(single, TabularModelFile.ToBytes(Samples.Fit(method, data, threads: 7)));
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Read_OfWhatWasWritten_IsAnEqualModel(EnsembleMethod method, string data)
    {
        Table table = Samples.Table(data);
        TabularModel model = Samples.Fit(method, data);
        byte[] file = TabularModelFile.ToBytes(model);
        TabularModel back = TabularModelFile.Read(file);
        Assert.Equal(model.Predict(table), back.Predict(table));
        Assert.Equal(file, TabularModelFile.ToBytes(back));
        Assert.Equal(EnsembleNames.Of(method), back.Lineage.Learner);
        Assert.Equal(model.Lineage.Members!.Select(member => (member.Learner, member.Weight)), back.Lineage.Members!.Select(member => (member.Learner, member.Weight)));
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void PredictRows_GivesTheBitsOfRowByRowAndAllocatesNothing(EnsembleMethod method, string data)
    {
        Table table = Samples.Table(data);
        TabularModel model = Samples.Fit(method, data);
        double[] all = model.Predict(table, maximumThreads: 2);
        double[] single = new double[all.Length];
        double[] scratch = new double[model.ScratchLength];
        Cell[][] rows = [.. Enumerable.Range(0, table.RowCount).Select(row => model.Inputs.Columns.Select(column => table.Columns.First(each => each.Name == column.Name).CellAt(row)).ToArray())];
        void PredictSingly()
        {
            for (int row = 0; row < rows.Length; row++)
            {
                model.Predict(rows[row], single.AsSpan(row * model.OutputCount, model.OutputCount), scratch);
            }
        }

        PredictSingly();
        Assert.Equal(all, single);
        Assert.Equal(0, Allocations.Of(PredictSingly));
    }

    [Fact]
    public void Predict_OfMoreOutputsThanTheStackHolds_StillAllocatesNothing()
    {
        // 40 members of 10 classes each.
        Table table = SampleTables.Load("digits").SelectRows([.. Enumerable.Range(0, 300)]);
        TabularModel model = Fit(table, EnsembleMethod.Averaging, [.. Enumerable.Repeat(("naive_bayes", 1.0), 40)]);
        double[] expected = SampleTables.Fit(table, "naive_bayes").Predict(table);
        Assert.All(model.Predict(table), (value, index) => Assert.Equal(expected[index], value, 1e-12));
        double[] features = new double[model.ScratchLength];
        double[] output = new double[model.OutputCount];
        model.Model.Predict(features, output);
        Assert.Equal(0, Allocations.Of(() => model.Model.Predict(features, output)));
    }

    [Fact]
    public void Fit_OfMembersThatWantDifferentFeatures_GivesEachItsOwn()
    {
        Table table = SampleTables.Mixed();
        TabularModel tree = SampleTables.Fit(table, "decision_tree");
        TabularModel line = SampleTables.Fit(table, "logistic_regression");
        TabularModel ensemble = Fit(table, EnsembleMethod.Averaging, ("decision_tree", 1), ("logistic_regression", 3), ("decision_tree", 0));
        double[] expected = [.. tree.Predict(table).Zip(line.Predict(table), (of, other) => (of + (3 * other)) / 4)];
        Assert.All(ensemble.Predict(table), (value, index) => Assert.Equal(expected[index], value, 1e-12));

        // The two trees want the same features and share them.
        Assert.Equal(tree.Plan.Features.Count + line.Plan.Features.Count, ensemble.Plan.Features.Count);
        Assert.Equal(ensemble.Plan.Features.Count, ensemble.Plan.Features.Select(feature => feature.Name).Distinct().Count());
    }

    [Fact]
    public void Stacking_FindsTheMemberThatKnows()
    {
        // One member is right about rows it has not seen, the other remembers rows and is wrong about new ones.
        double[] x = [.. Enumerable.Range(0, 200).Select(row => row * 37 % 200 / 10.0)];
        Table table = new([new NumberColumn("x", x), new NumberColumn("y", [.. x.Select((value, row) => (3 * value) + (row * 7919 % 13))])]);
        TargetEncoding target = TargetEncoding.Infer(table, "y", LearningTask.Regression);
        MemberFit[] members = [new(LearnerCatalog.Get("linear_regression")), new(LearnerCatalog.Get("decision_tree")) { Settings = new([new("min_rows_per_leaf", 1)]) }];
        TabularModel stacked = EnsembleTrainer.Fit(new EnsembleFit(table, target, EnsembleMethod.Stacking, members), default);
        EnsembleModel model = Assert.IsType<EnsembleModel>(stacked.Model);
        double[] slopes = Assert.IsType<StackedOutputs>(model.Combination).Final.Slopes.ToArray();
        Assert.InRange(slopes[0], 0.8, 1.2);
        Assert.InRange(slopes[1], -0.2, 0.2);
    }

    [Fact]
    public void Explain_OfAnEnsemble_AddsUpToItsPrediction()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = Samples.Fit(EnsembleMethod.Stacking, "mixed");
        Table few = table.SelectRows([0, 1, 2]);
        Assert.False(ContributionExplainer.CanExplain(model));
        Contributions found = SampledContributions.Explain(model, few, table, new SamplingOptions(3), default);
        double[] outputs = model.Predict(few);
        Assert.Equal(["age", "colour", "member", "income"], found.Columns);
        for (int score = 0; score < outputs.Length; score++)
        {
            double sum = found.Bases[score] + found.Values.Skip(score * found.Columns.Count).Take(found.Columns.Count).Sum();
            Assert.Equal(outputs[score], sum, 1e-9);
        }
    }

    [Theory]
    [InlineData(EnsembleMethod.Voting, "method")]
    [InlineData(EnsembleMethod.Averaging, "members")]
    [InlineData(EnsembleMethod.Averaging, "weights")]
    public void Fit_OfWhatMakesNoEnsemble_NamesWhat(EnsembleMethod method, string field)
    {
        Table table = SampleTables.Load("diabetes");
        (string, double)[] members = field switch { "members" => [], "weights" => [("lasso", 0)], _ => [("lasso", 1)] };
        LearningException failure = Assert.Throws<LearningException>(() => Fit(table, method, members));
        Assert.Equal(("ensemble_invalid", field), (failure.Code, failure.Field));
    }

    [Fact]
    public void Fit_OfMoreThanTheMostMembers_SaysHowMany() =>
        Assert.Contains("1 to 64", Assert.Throws<LearningException>(() => Fit(SampleTables.Load("iris"), EnsembleMethod.Voting, [.. Enumerable.Repeat(("naive_bayes", 1.0), 65)])).Message);

    [Fact]
    public void Fit_OfAMonotoneStack_IsRefused()
    {
        Table table = SampleTables.Load("diabetes");
        EnsembleFit fit = new(table, TargetEncoding.Infer(table), EnsembleMethod.Stacking, [new(LearnerCatalog.Get("gradient_boosting"))]) { Monotone = new Dictionary<string, int> { ["bmi"] = 1 } };
        Assert.Equal("monotone_unsupported", Assert.Throws<LearningException>(() => EnsembleTrainer.Fit(fit, default)).Code);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, -1)]
    [InlineData(5, double.NaN)]
    public void Fit_WithAnOptionOutOfRange_SaysWhatIsAllowed(int folds, double penalty)
    {
        Table table = SampleTables.Load("iris");
        EnsembleFit fit = new(table, TargetEncoding.Infer(table), EnsembleMethod.Stacking, [new(LearnerCatalog.Get("naive_bayes"))]) { Folds = folds, Penalty = penalty };
        Assert.Equal("option_out_of_range", Assert.Throws<LearningException>(() => EnsembleTrainer.Fit(fit, default)).Code);
    }

    [Theory]
    [InlineData(EnsembleMethod.Averaging)]
    [InlineData(EnsembleMethod.Stacking)]
    public void Fit_Cancelled_Throws(EnsembleMethod method)
    {
        Table table = SampleTables.Load("iris");
        EnsembleFit fit = new(table, TargetEncoding.Infer(table), method, [new(LearnerCatalog.Get("random_forest"))]);
        Assert.ThrowsAny<OperationCanceledException>(() => EnsembleTrainer.Fit(fit, new CancellationToken(canceled: true)));
    }

    private static TabularModel Fit(Table table, EnsembleMethod method, params (string Learner, double Weight)[] members) =>
        EnsembleTrainer.Fit(
            new EnsembleFit(table, TargetEncoding.Infer(table), method, [.. members.Select(member => new MemberFit(LearnerCatalog.Get(member.Learner)) { Weight = member.Weight })]) { Options = new FitOptions(7) },
            default);
}
