using System.Buffers;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Explanations;

/// <summary>Exact path-dependent Shapley values of tree ensembles; <see cref="PathTree"/> says how.</summary>
internal sealed class TreeAttribution : IAttribution
{
    /// <summary>Bytes of laid-out trees to keep: 128 MiB. Larger ensembles are laid out tree by tree for each block of rows.</summary>
    private const long MaximumKeptBytes = 128L << 20;

    /// <summary>Bytes of one place with its vector, about.</summary>
    private const int BytesPerPlace = 64;

    /// <summary>Multiplications at one place on the way down and up again, with a vector of eight points.</summary>
    private const int WorkPerPlace = 32;

    private readonly TreeEnsemble trees;
    private readonly PathTree[]? kept;
    private readonly double[] nodeCovers;
    private readonly double[] bases;
    private readonly double scale;

    /// <summary>Of the sums that an ensemble's predictions are made of.</summary>
    /// <exception cref="LearningException"><c>explanation_unavailable</c>: the trees do not say how many rows went where.</exception>
    public TreeAttribution(TreeEnsembleModel model)
        : this(model.Trees, model.Baseline, model.Link == OutputLink.Mean ? 1.0 / model.TreeCount : 1, ScaleOf(model))
    {
    }

    /// <summary>Of the logarithm of an isolation forest's score: -ln 2 E(h) / c, which path lengths share out.</summary>
    /// <exception cref="LearningException"><c>explanation_unavailable</c>: the trees do not say how many rows went where.</exception>
    public TreeAttribution(IsolationForestModel model)
        : this(model.Trees, [model.LogScoreBase], model.LogScorePerStep, ContributionScale.LogScore)
    {
    }

    private TreeAttribution(TreeEnsemble trees, ReadOnlySpan<double> baseline, double scale, ContributionScale meaning)
    {
        this.trees = trees;
        this.scale = scale;
        Scale = meaning;
        TreeStatistics statistics = trees.Statistics ?? throw new LearningException(
            "explanation_unavailable", "The model's file is of an old version or imported, and does not say how many training rows went which way. Take permutation sampling, or train the model again.");
        nodeCovers = TreePlaces.CoverOfNodes(trees, statistics);
        bases = baseline.ToArray();
        double[] means = Means(statistics);
        for (int score = 0; score < bases.Length; score++)
        {
            bases[score] += scale * means[score];
        }

        long places = trees.NodeCount + statistics.Covers.Length;
        WorkPerRow = places * WorkPerPlace;
        kept = places * BytesPerPlace <= MaximumKeptBytes ? [.. Enumerable.Range(0, trees.TreeCount).Select(LayOut)] : null;
    }

    public string Method => "tree_path_dependent";

    public ContributionScale Scale { get; }

    public ReadOnlySpan<double> Bases => bases;

    public long WorkPerRow { get; }

    public void Explain(ReadOnlySpan<double> rows, int rowCount, Span<double> contributions, CancellationToken cancellationToken)
    {
        if (rowCount == 0)
        {
            return;
        }

        int features = rows.Length / rowCount;
        for (int index = 0; index < trees.TreeCount; index++)
        {
            PathTree tree = kept?[index] ?? LayOut(index);
            Vector256<double>[] scratch = ArrayPool<Vector256<double>>.Shared.Rent(tree.ScratchLength);
            bool[] hot = ArrayPool<bool>.Shared.Rent(tree.PlaceCount);
            for (int row = 0; row < rowCount; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int score = (row * bases.Length) + trees.Offsets[index];
                tree.Explain(rows.Slice(row * features, features), scratch, hot, contributions.Slice(score * features, trees.LeafWidth * features));
            }

            ArrayPool<bool>.Shared.Return(hot);
            ArrayPool<Vector256<double>>.Shared.Return(scratch);
        }

        foreach (ref double contribution in contributions)
        {
            contribution *= scale;
        }
    }

    private PathTree LayOut(int tree) => new(trees, TreePlaces.Of(trees, trees.Roots[tree], nodeCovers));

    /// <summary>The mean of every tree's outputs over the rows that it was grown on.</summary>
    private double[] Means(TreeStatistics statistics)
    {
        double[] ofNodes = new double[trees.NodeCount * trees.LeafWidth];
        double[] sums = new double[bases.Length];
        for (int index = trees.NodeCount - 1; index >= 0; index--)
        {
            TreeNode node = trees.Nodes[index];
            double share = TreePlaces.ShareOfLeft(node, nodeCovers, statistics);
            for (int output = 0; output < trees.LeafWidth; output++)
            {
                ofNodes[(index * trees.LeafWidth) + output] = (share * MeanOf(node.Left, output)) + ((1 - share) * MeanOf(node.Right, output));
            }
        }

        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            for (int output = 0; output < trees.LeafWidth; output++)
            {
                sums[trees.Offsets[tree] + output] += MeanOf(trees.Roots[tree], output);
            }
        }

        return sums;

        double MeanOf(int child, int output) =>
            child >= 0 ? ofNodes[(child * trees.LeafWidth) + output] : trees.Leaves[(~child * trees.LeafWidth) + output];
    }

    private static ContributionScale ScaleOf(TreeEnsembleModel model) => model.Link switch
    {
        OutputLink.Logistic => ContributionScale.LogOdds,
        OutputLink.Softmax => ContributionScale.ClassScore,
        OutputLink.Exponential => ContributionScale.LogValue,
        _ => model.OutputCount > 1 ? ContributionScale.Probability : ContributionScale.Value,
    };
}
