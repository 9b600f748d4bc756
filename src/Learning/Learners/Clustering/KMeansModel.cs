using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Centres of clusters; a row belongs to the nearest, of equals the first.</summary>
internal sealed class KMeansModel : IClusterModel
{
    private readonly double[] centers;

    /// <param name="learner">The learner's name.</param>
    /// <param name="clusterCount">At least 1.</param>
    /// <param name="centers">Row-major: one value per feature for each cluster.</param>
    /// <param name="trainingInertia">The weighted squared distances of the training rows to their centres.</param>
    public KMeansModel(string learner, int clusterCount, double[] centers, double trainingInertia)
    {
        Learner = learner;
        OutputCount = clusterCount;
        this.centers = centers;
        TrainingInertia = trainingInertia;
    }

    public string Learner { get; }

    public int FeatureCount => centers.Length / OutputCount;

    public int OutputCount { get; }

    internal double TrainingInertia { get; }

    internal ReadOnlySpan<double> Center(int cluster) => centers.AsSpan(cluster * FeatureCount, FeatureCount);

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        output[..OutputCount].Clear();
        output[Nearest(row).Cluster] = 1;
    }

    public double SquaredDistance(ReadOnlySpan<double> row) => Nearest(row).Distance;

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(OutputCount);
        writer.WriteInt32(FeatureCount);
        writer.WriteDouble(TrainingInertia);
        writer.WriteDoubles(centers);
    }

    public static KMeansModel Read(string learner, SectionReader reader)
    {
        int clusters = reader.ReadInt32("clusters", 1, ClusterSettings.MaximumClusters);
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue / clusters);
        double inertia = reader.ReadDouble();
        return double.IsFinite(inertia)
            ? new KMeansModel(learner, clusters, reader.ReadFiniteDoubles("centres", clusters * featureCount), inertia)
            : throw reader.Invalid("the inertia must be finite");
    }

    private (int Cluster, double Distance) Nearest(ReadOnlySpan<double> row)
    {
        (int Cluster, double Distance) best = (0, double.PositiveInfinity);
        for (int cluster = 0; cluster < OutputCount; cluster++)
        {
            double distance = Vectors.SquaredDistance(row[..FeatureCount], Center(cluster));
            if (distance < best.Distance)
            {
                best = (cluster, distance);
            }
        }

        return best;
    }
}
