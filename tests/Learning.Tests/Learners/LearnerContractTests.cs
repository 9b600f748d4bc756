using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>What holds for every learner and task.</summary>
public class LearnerContractTests
{
    public static IEnumerable<object[]> Supervised => Pairs.Where(pair => ((LearningTask)pair[1]).IsSupervised());

    public static IEnumerable<object[]> Pairs => LearnerCatalog.All.SelectMany(learner => learner.Tasks, (learner, task) => new object[] { learner.Name, task });

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_OnOrdinaryRows_GivesProbabilitiesOrANumber(string learner, LearningTask task)
    {
        TrainingSet set = Set(learner, task);
        IModel model = Some.Fit(learner, set, Quick(learner));
        double[] outputs = model.PredictAll(set.Features);
        Assert.All(outputs, value => Assert.True(double.IsFinite(value)));
        if (task.PredictsLabels())
        {
            Assert.All(outputs.Chunk(model.OutputCount), row => Assert.Equal(1, row.Sum(), 1e-12));
            Assert.All(outputs, value => Assert.InRange(value, 0, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Read_OfWhatWasWritten_PredictsTheSameBits(string learner, LearningTask task)
    {
        TrainingSet set = Set(learner, task);
        IModel model = Some.Fit(learner, set, Quick(learner));
        SectionWriter writer = new();
        model.Write(writer);
        IModel back = LearnerCatalog.Read(learner, new SectionReader("model", writer.Written));
        Assert.Equal(model.PredictAll(set.Features), back.PredictAll(set.Features));
        SectionWriter again = new();
        back.Write(again);
        Assert.Equal(writer.Written.ToArray(), again.Written.ToArray());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_AllocatesNothing(string learner, LearningTask task)
    {
        TrainingSet set = Set(learner, task);
        IModel model = Some.Fit(learner, set, Quick(learner));
        double[] row = new double[model.FeatureCount];
        double[] output = new double[model.OutputCount];
        set.Features.CopyRow(0, row);
        model.Predict(row, output);

        long bytes = Allocations.Of(() =>
        {
            for (int call = 0; call < 100; call++)
            {
                model.Predict(row, output);
            }
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void PredictRows_InAnyPiece_GivesTheBitsOfRowByRow(string learner, LearningTask task)
    {
        TrainingSet set = Set(learner, task);
        IModel model = Some.Fit(learner, set, Quick(learner));
        double[] expected = model.PredictAll(set.Features);
        Assert.All([(0, 150), (3, 1), (7, 66), (149, 1), (5, 0)], piece =>
        {
            (int start, int count) = piece;
            double[] outputs = new double[count * model.OutputCount];
            model.PredictRows(set.Features, start, outputs);
            Assert.Equal(expected.AsSpan(start * model.OutputCount, outputs.Length).ToArray(), outputs);
        });
    }

    [Theory]
    [MemberData(nameof(Supervised))]
    public void Fit_OnConstantFeatures_PredictsTheMeanOrTheShares(string learner, LearningTask task)
    {
        FeatureMatrix constant = Some.Numbers([4, 4, 4, 4]);
        bool isClasses = task == LearningTask.Classification;
        IModel model = Some.Fit(learner, isClasses ? Some.Classes(constant, 2, 0, 1, 1, 1) : Some.Regression(constant, 1, 2, 3, 6), []);

        // Bootstrap samples differ from the rows by chance.
        Assert.Equal(isClasses ? 0.75 : 3, model.Predict(4)[^1], learner == "random_forest" ? 0.5 : 1e-4);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithoutFeatures_StillPredicts(string learner, LearningTask task)
    {
        FeatureMatrix none = new([], [], 4);
        IModel model = Some.Fit(learner, Of(none, task));
        Assert.All(model.Predict(), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithUnknownSetting_NamesTheKnownOnes(string learner, LearningTask task)
    {
        LearningException failure = Assert.Throws<LearningException>(() => Some.Fit(learner, Set(learner, task), ("charm", 1)));
        Assert.Equal(("setting_unknown", "charm"), (failure.Code, failure.Field));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithSettingOutOfRange_SaysWhatIsAllowed(string learner, LearningTask task)
    {
        foreach (HyperParameter parameter in LearnerCatalog.Get(learner).HyperParameters)
        {
            Assert.All([parameter.Minimum - 1, (parameter.Maximum * 2) + 1, double.NaN], value =>
                Assert.Equal("setting_out_of_range", Assert.Throws<LearningException>(() => Some.Fit(learner, Set(learner, task), (parameter.Name, value))).Code));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_Cancelled_Throws(string learner, LearningTask task)
    {
        FitOptions options = new(1);
        Assert.ThrowsAny<OperationCanceledException>(() => LearnerCatalog.Get(learner).Fit(Set(learner, task), LearnerSettings.Defaults, options, new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_AtAnyThreadCount_WritesTheSameBytes(string learner, LearningTask task)
    {
        byte[] Written(int threads)
        {
            SectionWriter writer = new();
            LearnerCatalog.Get(learner).Fit(Set(learner, task), Some.Settings(Quick(learner)), new FitOptions(1) { MaxDegreeOfParallelism = threads }, default).Write(writer);
            return writer.Written.ToArray();
        }

        byte[] single = Written(1);
        Assert.Equal(single, Written(2));
        Assert.Equal(single, Written(7));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithoutRows_SaysSo(string learner, LearningTask task)
    {
        FeatureMatrix empty = Some.Numbers([[]]);
        Assert.Equal("no_rows", Assert.Throws<LearningException>(() => Some.Fit(learner, Of(empty, task))).Code);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void Fit_WithImpossibleLabel_SaysSo(double label) =>
        Assert.Equal("label_invalid", Assert.Throws<LearningException>(() => Some.Fit("decision_tree", Some.Classes(Some.Numbers([1, 2]), 2, 0, label))).Code);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Fit_WithImpossibleWeight_SaysSo(double weight) =>
        Assert.Equal("weight_invalid", Assert.Throws<LearningException>(() => Some.Fit("decision_tree", Some.Regression(Some.Numbers([1, 2]), 1, 2) with { Weights = [1, weight] })).Code);

    [Theory]
    [InlineData("logistic_regression")]
    [InlineData("linear_regression")]
    [InlineData("lasso")]
    [InlineData("nearest_neighbors")]
    [InlineData("isolation_forest")]
    [InlineData("pca_anomaly")]
    [InlineData("kmeans")]
    public void Fit_DenseOnMissingValues_NamesTheColumn(string learner)
    {
        TrainingSet set = Of(Some.Numbers([1, double.NaN]), LearnerCatalog.Get(learner).Tasks[0]);
        LearningException failure = Assert.Throws<LearningException>(() => Some.Fit(learner, set));
        Assert.Equal(("feature_not_finite", "x0"), (failure.Code, failure.Field));
    }

    [Theory]
    [InlineData("logistic_regression", LearningTask.Classification)]
    [InlineData("linear_regression", LearningTask.Regression)]
    [InlineData("elastic_net", LearningTask.Regression)]
    [InlineData("naive_bayes", LearningTask.Classification)]
    [InlineData("multinomial_naive_bayes", LearningTask.Classification)]
    [InlineData("decision_tree", LearningTask.Regression)]
    [InlineData("decision_tree", LearningTask.Classification)]
    public void Fit_WithDoubledWeight_EqualsDoubledRows(string learner, LearningTask task)
    {
        TrainingSet set = Set(learner, task);
        int[] doubled = [.. Enumerable.Range(0, set.Labels.Length), .. Enumerable.Range(0, 20)];
        double[] weights = [.. set.Labels.Select((_, row) => row < 20 ? 2.0 : 1)];
        (string, double)[] settings = learner == "decision_tree" ? [("max_depth", 1), ("min_rows_per_leaf", 1)] : [];
        double[] weighted = Some.Fit(learner, set with { Weights = weights }, settings).PredictAll(set.Features);
        double[] repeated = Some.Fit(learner, set.SelectRows(doubled), settings).PredictAll(set.Features);
        Assert.All(weighted, (value, index) => Assert.Equal(repeated[index], value, 1e-5 * Math.Max(1, Math.Abs(value))));
    }

    private static TrainingSet Of(FeatureMatrix matrix, LearningTask task) => task == LearningTask.Regression
        ? Some.Regression(matrix, [.. new double[] { 1, 2, 3, 6 }.Take(matrix.RowCount)])
        : Some.Classes(matrix, 2, [.. new double[] { 0, 1, 1, 1 }.Take(matrix.RowCount)]) with { Task = task };

    /// <summary>Some rows for each task. Counts may not be below 0, so they stay as they are.</summary>
    private static TrainingSet Set(string learner, LearningTask task) =>
        Samples.Load(task == LearningTask.Regression ? "diabetes" : "iris", standardize: learner != "multinomial_naive_bayes") with { Task = task };

    /// <summary>What holds after a few epochs holds after many.</summary>
    private static (string, double)[] Quick(string learner) => learner is "neural_network" or "sequence_network" ? [("epochs", 10)] : [];
}
