using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Components;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>The error of making a row again from its components, made into a score.</summary>
internal sealed class PcaAnomalyModel : IModel
{
    /// <summary>Thresholds are at least this per feature: errors below are rounding.</summary>
    private const double LeastError = 1e-12;

    private readonly PrincipalComponents components;
    private readonly double threshold;

    public PcaAnomalyModel(string learner, PrincipalComponents components, double threshold)
    {
        Learner = learner;
        this.components = components;
        this.threshold = Math.Max(threshold, LeastError * Math.Max(components.FeatureCount, 1));
    }

    public string Learner { get; }

    public int FeatureCount => components.FeatureCount;

    public int OutputCount => AnomalyOutputs.Count;

    internal PrincipalComponents Components => components;

    public long WorkPerRow => 2L * components.Count * FeatureCount;

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        double error = components.SquaredError(row);
        AnomalyOutputs.Fill(double.IsFinite(error) ? error / (error + threshold) : 1, output);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteInt32(components.Count);
        writer.WriteDouble(threshold);
        writer.WriteDouble(components.TotalVariance);
        writer.WriteDoubles(components.Means);
        writer.WriteDoubles([.. components.Variances]);
        for (int component = 0; component < components.Count; component++)
        {
            writer.WriteDoubles(components.Axis(component));
        }
    }

    public static PcaAnomalyModel Read(string learner, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, PrincipalComponents.MaximumFeatures);
        int count = reader.ReadInt32("components", 0, Math.Min(featureCount, PrincipalComponents.MostFor(featureCount)));
        double line = reader.ReadDouble();
        double total = reader.ReadDouble();
        if (!(line > 0 && double.IsFinite(line) && double.IsFinite(total)))
        {
            throw reader.Invalid("the threshold must be above 0");
        }

        double[] means = reader.ReadFiniteDoubles("means", featureCount);
        double[] variances = reader.ReadFiniteDoubles("variances", count);
        double[][] axes = new double[count][];
        for (int component = 0; component < count; component++)
        {
            axes[component] = reader.ReadFiniteDoubles("component", featureCount);
        }

        return new PcaAnomalyModel(learner, new PrincipalComponents(means, axes, variances, total), line);
    }
}
