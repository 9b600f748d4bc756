using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>What scikit-learn says of the samples: the content of other_learners.json.</summary>
public sealed record OtherWitness(
    OtherWitness.SupervisedCase[] Supervised, OtherWitness.ComponentCase[] Components, OtherWitness.ClusterCase[] Clusters, OtherWitness.AnomalyCase[] Anomalies)
{
    private static readonly Lazy<OtherWitness> Content = new(() => WitnessFile.Read<OtherWitness>("other_learners.json"));

    internal static OtherWitness Read() => Content.Value;

    public sealed record SupervisedCase(string Learner, string Data, bool Standardize, Dictionary<string, double> Settings, double[] Outputs);

    public sealed record ComponentCase(string Data, double[] Variances, double[][] Axes, double[] Errors);

    public sealed record ClusterCase(string Data, int Clusters, double Inertia, double BatchInertia, int[] Labels, double Silhouette);

    public sealed record AnomalyCase(string Data, int[] Rows, int[] Labels, double Auc, double MeanScore);
}
