using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>A model made of decision trees: a single tree, a forest, or boosted trees.</summary>
internal sealed class TreeEnsembleModel : IModel, IOutOfBag
{
    private const int MaximumOutputs = 100_000;

    /// <summary>Steps down a tree whose depth nothing limits, each about as long as some multiplications.</summary>
    private const int TypicalDepth = 64;

    private readonly TreeEnsemble trees;
    private readonly OutputLink link;
    private readonly double[] baseline;

    public TreeEnsembleModel(string learner, int featureCount, TreeEnsemble trees, OutputLink link, double[] baseline)
    {
        Learner = learner;
        FeatureCount = featureCount;
        this.trees = trees;
        this.link = link;
        this.baseline = baseline;
    }

    public string Learner { get; }

    public int FeatureCount { get; }

    public int OutputCount => link == OutputLink.Logistic ? 2 : baseline.Length;

    public OutOfBagOutputs? OutOfBag { get; init; }

    internal int TreeCount => trees.TreeCount;

    internal TreeEnsemble Trees => trees;

    /// <summary>How the sums become predictions.</summary>
    internal OutputLink Link => link;

    /// <summary>Added to the sums (for <see cref="OutputLink.Mean"/> to the means), one per sum.</summary>
    internal ReadOnlySpan<double> Baseline => baseline;

    public long WorkPerRow => (long)TreeCount * TypicalDepth * trees.LeafWidth;

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        Span<double> sums = output[..OutputCount];
        sums.Clear();
        trees.Accumulate(row, sums);
        Finish(sums);
    }

    public void PredictRows(ReadOnlySpan<double> rows, Span<double> outputs)
    {
        outputs.Clear();
        trees.AccumulateRows(rows, FeatureCount, outputs, OutputCount);
        for (int start = 0; start < outputs.Length; start += OutputCount)
        {
            Finish(outputs.Slice(start, OutputCount));
        }
    }

    /// <summary>Turns the sums of one row into predictions.</summary>
    private void Finish(Span<double> sums)
    {
        if (link == OutputLink.Mean)
        {
            foreach (ref double sum in sums)
            {
                sum /= trees.TreeCount;
            }
        }

        for (int index = 0; index < baseline.Length; index++)
        {
            sums[index] += baseline[index];
        }

        if (link == OutputLink.Logistic)
        {
            Links.Logistic(sums[0], sums);
        }
        else if (link == OutputLink.Softmax)
        {
            Links.Softmax(sums);
        }
        else if (link == OutputLink.Exponential)
        {
            sums[0] = Links.BoundedExp(sums[0]);
        }
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteInt32((int)link);
        writer.WriteDoubles(baseline);
        trees.Write(writer);
    }

    public static TreeEnsembleModel Read(string learner, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        OutputLink mapping = (OutputLink)reader.ReadInt32("link", (int)OutputLink.Identity, (int)OutputLink.Exponential);
        double[] start = reader.ReadDoubles();
        if (start.Length is 0 or > MaximumOutputs || !Array.TrueForAll(start, double.IsFinite) || (mapping == OutputLink.Logistic && start.Length != 1))
        {
            throw reader.Invalid("the baseline must hold a finite number per output");
        }

        TreeEnsemble ensemble = TreeEnsemble.Read(reader, featureCount, start.Length);
        if (mapping == OutputLink.Mean && ensemble.TreeCount == 0)
        {
            throw reader.Invalid("a forest has no trees");
        }

        return new TreeEnsembleModel(learner, featureCount, ensemble, mapping, start);
    }
}
