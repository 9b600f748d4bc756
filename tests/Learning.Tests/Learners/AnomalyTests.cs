using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Components;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Tests.Learners;

public class AnomalyTests
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, OtherWitness.Read().Anomalies.Length)];

    public static TheoryData<int> Components { get; } = [.. Enumerable.Range(0, OtherWitness.Read().Components.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_IsolationForest_RanksAsWellAsTheWitness(int index)
    {
        OtherWitness.AnomalyCase witness = OtherWitness.Read().Anomalies[index];
        FeatureMatrix matrix = Samples.Load(witness.Data).Features.SelectRows(witness.Rows);
        List<double> areas = [];
        List<double> means = [];
        foreach (ulong seed in Enumerable.Range(0, 10).Select(each => (ulong)each))
        {
            IModel model = LearnerCatalog.Get("isolation_forest").Fit(Unlabelled(matrix), LearnerSettings.Defaults, new FitOptions(seed), default);
            double[] scores = [.. model.PredictAll(matrix).Chunk(2).Select(output => output[1])];
            areas.Add(RocAuc.Binary(Array.ConvertAll(witness.Labels, label => label == 1), scores)!.Value);
            means.Add(scores.Average());
        }

        // The mean over ten seeds each: a single forest wanders by more.
        Assert.Equal(witness.Auc, areas.Average(), 0.01);
        Assert.Equal(witness.MeanScore, means.Average(), 0.01);
    }

    [Theory]
    [InlineData("isolation_forest")]
    [InlineData("pca_anomaly")]
    public void Fit_WithContamination_FlagsThatShareOfTheTrainingRows(string learner)
    {
        TrainingSet set = Unlabelled(Samples.Load("breast-cancer", standardize: true).Features);
        IModel model = Some.Fit(learner, set, ("contamination", 0.1));
        int flagged = model.PredictAll(set.Features).Chunk(2).Count(output => output[1] > 0.5);
        Assert.InRange(flagged, 56, 57);
    }

    [Fact]
    public void Predict_IsolationForest_ByHand()
    {
        // Two rows: every tree cuts between them, so both paths are 1 long, c(2) = 1, and the score is 2^-1.
        IModel model = Some.Fit("isolation_forest", Unlabelled(Some.Numbers([0, 1])));
        Assert.Equal(0.5, model.Predict(0)[1], 1e-12);

        // Rows that are all alike are never cut: the path is c(4), and the score one half again.
        Assert.Equal(0.5, Some.Fit("isolation_forest", Unlabelled(Some.Numbers([3, 3, 3, 3]))).Predict(3)[1], 1e-12);
        Assert.Equal((2 * (Math.Log(255) + 0.5772156649)) - (2 * 255.0 / 256), IsolationPath.MeanLength(256), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Fit_Components_AreTheWitnesss(int index)
    {
        OtherWitness.ComponentCase witness = OtherWitness.Read().Components[index];
        FeatureMatrix matrix = Samples.Load(witness.Data, standardize: true).Features;
        PcaAnomalyModel model = (PcaAnomalyModel)Some.Fit("pca_anomaly", Unlabelled(matrix));
        PrincipalComponents found = model.Components;
        Assert.Equal(witness.Variances.Length, found.Count);
        Assert.All(witness.Variances, (variance, component) => Assert.Equal(variance, found.Variances[component], 1e-9));
        for (int component = 0; component < found.Count; component++)
        {
            double[] axis = found.Axis(component).ToArray();
            Assert.All(witness.Axes[component], (size, feature) => Assert.Equal(size, Math.Abs(axis[feature]), 1e-7));
        }

        double[] row = new double[matrix.FeatureCount];
        Assert.All(witness.Errors, (error, place) =>
        {
            matrix.CopyRow(place, row);
            Assert.Equal(error, found.SquaredError(row), 1e-9 * Math.Max(1, error));
        });
    }

    [Fact]
    public void Transform_OntoAllComponents_KeepsDistances()
    {
        FeatureMatrix matrix = Samples.Load("wine", standardize: true).Features;
        PrincipalComponents all = PrincipalComponents.Fit(matrix, null, 1, 0, 2, default);
        double[] row = new double[matrix.FeatureCount];
        double[] scores = new double[all.Count];
        matrix.CopyRow(5, row);
        all.Transform(row, scores);
        Assert.Equal(row.Sum(value => value * value), scores.Sum(score => score * score), 1e-9);
        Assert.Equal(all.TotalVariance, all.Variances.Sum(), 1e-9);
    }

    [Fact]
    public void Predict_OffTheLine_IsAnAnomaly()
    {
        // y = 2x with a little noise: what lies off the line is odd though each value alone is not.
        double[] x = [.. Enumerable.Range(0, 100).Select(row => (row - 49.5) / 29)];
        double[] y = [.. x.Select((value, row) => value + (0.01 * ((row % 3) - 1)))];
        IModel model = Some.Fit("pca_anomaly", Unlabelled(Some.Numbers(x, y)), ("variance_share", 0.9));
        Assert.True(model.Predict(1, 1)[1] < 0.5);
        Assert.True(model.Predict(1, -1)[1] > 0.99);
    }

    [Fact]
    public void Predict_OfOneFeature_IsTheDistanceToTheMean()
    {
        double[] x = [.. Enumerable.Range(0, 101).Select(row => row - 50.0)];
        IModel model = Some.Fit("pca_anomaly", Unlabelled(Some.Numbers(x)), ("contamination", 0.1));
        Assert.Equal(4 * Odds(model, 20), Odds(model, -40), 1e-9);
        Assert.True(model.Predict(44)[1] < 0.5);
        Assert.True(model.Predict(-46)[1] > 0.5);
    }

    [Fact]
    public void Predict_WhereEveryDirectionMatters_LeavesTheLeastOut()
    {
        // Equal variances: 95 % of it needs all three, of which the least is left for the error.
        double[] x = [.. Enumerable.Range(0, 64).Select(row => row % 4 < 2 ? -1.0 : 1)];
        double[] y = [.. Enumerable.Range(0, 64).Select(row => row % 2 == 0 ? -1.0 : 1)];
        double[] z = [.. Enumerable.Range(0, 64).Select(row => row % 8 < 4 ? -0.9 : 0.9)];
        IModel model = Some.Fit("pca_anomaly", Unlabelled(Some.Numbers(x, y, z)));
        Assert.Equal(0, model.Predict(5, -7, 0)[1], 1e-12);
        Assert.True(model.Predict(0, 0, 5)[1] > 0.9);
    }

    [Fact]
    public void Fit_ComponentsOfMoreFeaturesThanCanBe_SaysTheLimit()
    {
        double[] column = [1, 2];
        FeatureMatrix matrix = Some.Numbers([.. Enumerable.Repeat(column, PrincipalComponents.MaximumFeatures + 1)]);
        LearningException failure = Assert.Throws<LearningException>(() => Some.Fit("pca_anomaly", Unlabelled(matrix)));
        Assert.Equal("too_many_features", failure.Code);
        Assert.Contains("100000", failure.Message, StringComparison.Ordinal);
    }

    // The score is e / (e + t), so that this is e / t.
    private static double Odds(IModel model, double value) => model.Predict(value)[1] / (1 - model.Predict(value)[1]);

    private static TrainingSet Unlabelled(FeatureMatrix matrix) => new(matrix, [], LearningTask.AnomalyDetection, 0);
}
