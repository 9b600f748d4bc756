using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>Path lengths through random trees, made into a score.</summary>
internal sealed class IsolationForestModel : IModel
{
    /// <summary>Where the paper draws the line: paths shorter than the mean.</summary>
    public const double PapersThreshold = 0.5;

    /// <summary>Steps down a tree, each about as long as some multiplications.</summary>
    private const int TypicalDepth = 32;

    private readonly TreeEnsemble trees;
    private readonly double meanLength;
    private readonly double threshold;

    /// <param name="learner">The learner's name.</param>
    /// <param name="featureCount">Features of a row.</param>
    /// <param name="trees">Leaves hold path lengths.</param>
    /// <param name="meanLength">c(ψ): the path length that gives a score of one half; 0 when trees have a single row.</param>
    /// <param name="threshold">The score above which a row is an anomaly, between 0 and 1.</param>
    public IsolationForestModel(string learner, int featureCount, TreeEnsemble trees, double meanLength, double threshold)
    {
        Learner = learner;
        FeatureCount = featureCount;
        this.trees = trees;
        this.meanLength = meanLength;
        this.threshold = threshold;
    }

    public string Learner { get; }

    public int FeatureCount { get; }

    public int OutputCount => AnomalyOutputs.Count;

    internal TreeEnsemble Trees => trees;

    internal double MeanLength => meanLength;

    internal double Threshold => threshold;

    public IsolationForestModel With(double newThreshold) => new(Learner, FeatureCount, trees, meanLength, newThreshold);

    public long WorkPerRow => (long)trees.TreeCount * TypicalDepth;

    /// <summary>With <see cref="LogScorePerStep"/>: the natural logarithm of <see cref="Score"/> is this and so much for each step of each tree's path.</summary>
    internal double LogScoreBase => meanLength > 0 ? 0 : Math.Log(PapersThreshold);

    /// <summary>-ln 2 / (trees × c(ψ)), at most 0.</summary>
    internal double LogScorePerStep => meanLength > 0 ? -Math.Log(2) / (trees.TreeCount * meanLength) : 0;

    /// <summary>The paper's score, whatever the threshold.</summary>
    public double Score(ReadOnlySpan<double> row)
    {
        Span<double> sum = stackalloc double[1];
        sum.Clear();
        trees.Accumulate(row, sum);
        return meanLength > 0 ? Math.Pow(2, -sum[0] / (trees.TreeCount * meanLength)) : PapersThreshold;
    }

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        double score = Score(row);
        AnomalyOutputs.Fill(score <= threshold ? 0.5 * score / threshold : 0.5 + (0.5 * (score - threshold) / (1 - threshold)), output);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteDouble(meanLength);
        writer.WriteDouble(threshold);
        trees.Write(writer);
    }

    public static IsolationForestModel Read(string learner, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        double mean = reader.ReadDouble();
        double line = reader.ReadDouble();
        if (!(mean >= 0 && double.IsFinite(mean) && line > 0 && line < 1))
        {
            throw reader.Invalid("the mean path length or the threshold is out of range");
        }

        TreeEnsemble ensemble = TreeEnsemble.Read(reader, featureCount, 1);
        return ensemble.TreeCount > 0 && ensemble.LeafWidth == 1
            ? new IsolationForestModel(learner, featureCount, ensemble, mean, line)
            : throw reader.Invalid("a forest has no trees");
    }
}
