namespace Trainyard.Learning.Learners.Trees;

/// <summary>Gathers grown trees and lays them out flat.</summary>
/// <param name="leafWidth">Values per leaf.</param>
internal sealed class TreeEnsembleBuilder(int leafWidth)
{
    private readonly List<TreeNode> nodes = [];
    private readonly List<int> roots = [];
    private readonly List<int> offsets = [];
    private readonly List<double> leaves = [];
    private readonly List<int> categories = [];
    private readonly List<double> gains = [];
    private readonly List<double> covers = [];

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree, over bins.</param>
    /// <param name="bins">What the bins stand for.</param>
    /// <param name="offset">The first output that it adds to.</param>
    public void Add(GrownTree tree, FeatureBins[] bins, int offset)
    {
        int firstNode = nodes.Count;
        int firstLeaf = leaves.Count / leafWidth;
        foreach (GrownNode node in tree.Nodes)
        {
            Split split = node.Split;
            FeatureBins feature = bins[split.Feature];
            bool isCategory = split.LeftBins is not null;
            nodes.Add(new TreeNode(
                isCategory ? 0 : split.Threshold ?? feature.UpperBound(split.Bin),
                split.Feature,
                Move(node.Left),
                Move(node.Right),
                isCategory ? AddCategories(split, feature) : TreeNode.NoCategories,
                split.MissingLeft));
            gains.Add(split.Gain);
        }

        foreach (double[] leaf in tree.Leaves)
        {
            leaves.AddRange(leaf);
        }

        covers.AddRange(tree.Covers);
        roots.Add(Move(tree.Root));
        offsets.Add(offset);

        int Move(int child) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);
    }

    public TreeEnsemble Build() =>
        new TreeEnsemble(leafWidth, [.. nodes], [.. roots], [.. offsets], [.. leaves], [.. categories], new TreeStatistics([.. gains], [.. covers])).Prepare();

    /// <summary>Writes the set of categories, not bins, that go left.</summary>
    private int AddCategories(Split split, FeatureBins feature)
    {
        int start = categories.Count;
        int[] words = new int[TreeEnsemble.WordsFor(feature.Cardinality)];
        for (int category = 0; category < feature.Cardinality; category++)
        {
            if (split.GoesLeft(feature, feature.BinOfCategory(category)))
            {
                words[category / TreeEnsemble.BitsPerWord] |= 1 << (category % TreeEnsemble.BitsPerWord);
            }
        }

        categories.Add(feature.Cardinality);
        categories.AddRange(words);
        return start;
    }
}
