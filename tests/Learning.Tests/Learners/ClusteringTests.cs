using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Clustering;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Tests.Learners;

public class ClusteringTests
{
    /// <summary>Above the witness's best of ten runs.</summary>
    private const double Slack = 1.01;

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, OtherWitness.Read().Clusters.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_KMeans_IsAsTightAsTheWitness(int index)
    {
        OtherWitness.ClusterCase witness = OtherWitness.Read().Clusters[index];
        AssertTight("kmeans", witness, witness.Inertia);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_MiniBatches_AreAsTightAsTheWitness(int index)
    {
        OtherWitness.ClusterCase witness = OtherWitness.Read().Clusters[index];
        AssertTight("mini_batch_kmeans", witness, witness.BatchInertia);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Silhouette_OfTheWitnesssClusters_IsTheWitnesss(int index)
    {
        OtherWitness.ClusterCase witness = OtherWitness.Read().Clusters[index];
        TrainingSet set = Samples.Load(witness.Data, standardize: true);
        double[] values = Rows(set);
        Assert.Equal(witness.Silhouette, Silhouette.Mean(values, set.Features.FeatureCount, witness.Labels)!.Value, 1e-9);
    }

    [Fact]
    public void Silhouette_ByHand()
    {
        // Rows 0 and 1 against 10: for 0, a = 1 and b = 10; for 1, a = 1 and b = 9; 10 is alone.
        Assert.Equal(((9.0 / 10) + (8.0 / 9) + 0) / 3, Silhouette.Mean([0, 1, 10], 1, [0, 0, 1])!.Value, 1e-12);
        Assert.Null(Silhouette.Mean([0, 1, 10], 1, [0, 0, 0]));
    }

    [Theory]
    [InlineData("kmeans")]
    [InlineData("mini_batch_kmeans")]
    public void Fit_OnGroupsFarFromZero_FindsThem(string learner)
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(row => 1e9 + (row % 3 * 1000) + (row / 3 % 5))];
        IModel model = Some.Fit(learner, Clusters(values), ("clusters", 3));
        int[] found = [.. values.Select(value => Evaluator.MostProbable(model.Predict(value)))];
        Assert.Equal(3, found.Distinct().Count());
        Assert.All(found, (cluster, row) => Assert.Equal(found[row % 3], cluster));
        Assert.Equal(60 * 2.0, ((KMeansModel)model).TrainingInertia, 0.5);
    }

    [Fact]
    public void Fit_WithMoreClustersThanRows_StillPredicts()
    {
        IModel model = Some.Fit("kmeans", Clusters(1, 2, 2), ("clusters", 5));
        Assert.Equal(0, ((IClusterModel)model).SquaredDistance([2.0]), 1e-12);
        Assert.Equal(5, model.OutputCount);
    }

    [Fact]
    public void Fit_WithDoubledWeight_EqualsDoubledRows()
    {
        TrainingSet weighted = Clusters(0, 1, 10, 12) with { Weights = [3, 1, 1, 1] };
        KMeansModel byWeight = (KMeansModel)Some.Fit("kmeans", weighted, ("clusters", 2));
        KMeansModel byRows = (KMeansModel)Some.Fit("kmeans", Clusters(0, 0, 0, 1, 10, 12), ("clusters", 2));
        Assert.Equal(byRows.TrainingInertia, byWeight.TrainingInertia, 1e-12);
        Assert.Equal(0.25, new[] { byWeight.Center(0)[0], byWeight.Center(1)[0] }.Min(), 1e-12);
    }

    private static void AssertTight(string learner, OtherWitness.ClusterCase witness, double inertia)
    {
        TrainingSet set = Samples.Load(witness.Data, standardize: true) with { Task = LearningTask.Clustering };
        KMeansModel model = (KMeansModel)Some.Fit(learner, set, ("clusters", witness.Clusters), ("restarts", 10));
        Assert.InRange(model.TrainingInertia, 0, inertia * Slack);
        double[] values = Rows(set);
        double again = values.Chunk(set.Features.FeatureCount).Sum(row => model.SquaredDistance(row));
        Assert.Equal(model.TrainingInertia, again, 1e-9 * again);
    }

    private static double[] Rows(TrainingSet set)
    {
        double[] values = new double[set.Features.RowCount * set.Features.FeatureCount];
        for (int row = 0; row < set.Features.RowCount; row++)
        {
            set.Features.CopyRow(row, values.AsSpan(row * set.Features.FeatureCount, set.Features.FeatureCount));
        }

        return values;
    }

    private static TrainingSet Clusters(params double[] values) => new(Some.Numbers(values), [], LearningTask.Clustering, 0);
}
