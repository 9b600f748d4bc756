using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Decision trees in flat arrays, and the one routine that walks them. Immutable and thread safe.</summary>
/// <remarks>
/// A leaf holds <see cref="LeafWidth"/> values, which are added to the sums from the tree's own offset on: trees of a
/// forest have one value per class, boosted trees a single one for their class. Sets of categories are bit sets, each
/// led by the number of categories.
/// </remarks>
internal sealed class TreeEnsemble
{
    internal const int BitsPerWord = 32;

    /// <summary>Bytes of one node in a model file.</summary>
    private const int NodeSize = sizeof(double) + (4 * sizeof(int)) + 1;

    private readonly TreeNode[] nodes;
    private readonly int[] roots;
    private readonly int[] offsets;
    private readonly double[] leaves;
    private readonly int[] categories;
    private LockstepWalk? walk;
    private DeepWalk? deepWalk;

    internal TreeEnsemble(int leafWidth, TreeNode[] nodes, int[] roots, int[] offsets, double[] leaves, int[] categories, TreeStatistics? statistics)
    {
        LeafWidth = leafWidth;
        this.nodes = nodes;
        this.roots = roots;
        this.offsets = offsets;
        this.leaves = leaves;
        this.categories = categories;
        Statistics = statistics;
    }

    public int LeafWidth { get; }

    public int TreeCount => roots.Length;

    public int NodeCount => nodes.Length;

    /// <summary>The decisions; children lie behind their parents.</summary>
    public ReadOnlySpan<TreeNode> Nodes => nodes;

    /// <summary>Where each tree begins, in the numbering of children.</summary>
    public ReadOnlySpan<int> Roots => roots;

    /// <summary>Per tree, the first sum that it adds to.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <summary>The values of all leaves, <see cref="LeafWidth"/> each.</summary>
    public ReadOnlySpan<double> Leaves => leaves;

    /// <summary>Gains and covers; null for trees from older model files and imports, which do not keep them.</summary>
    public TreeStatistics? Statistics { get; }

    /// <summary>Adds every tree's leaf to <paramref name="sums"/>, in the order of the trees; allocates nothing.</summary>
    public void Accumulate(ReadOnlySpan<double> row, Span<double> sums)
    {
        if (walk is not null && !row.IsEmpty)
        {
            walk.Accumulate(row, sums);
            return;
        }

        if (deepWalk is not null && !row.IsEmpty)
        {
            deepWalk.Accumulate(row, sums);
            return;
        }

        for (int tree = 0; tree < roots.Length; tree++)
        {
            AddLeaf(tree, row, sums);
        }
    }

    /// <summary>The same for several rows at once, to the bit.</summary>
    /// <param name="rows">Row by row.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="sums">Row by row.</param>
    /// <param name="stride">Sums per row.</param>
    public void AccumulateRows(ReadOnlySpan<double> rows, int width, Span<double> sums, int stride)
    {
        if (walk is not null && width > 0)
        {
            walk.AccumulateRows(rows, width, sums, stride);
            return;
        }

        if (deepWalk is not null && width > 0)
        {
            deepWalk.AccumulateRows(rows, width, sums, stride);
            return;
        }

        // Tree by tree: a big one is fetched once for all rows, not once for each.
        for (int tree = 0; tree < roots.Length; tree++)
        {
            for (int row = 0; row < sums.Length / stride; row++)
            {
                AddLeaf(tree, rows.Slice(row * width, width), sums.Slice(row * stride, stride));
            }
        }
    }

    /// <summary>Words of a set over so many categories.</summary>
    internal static int WordsFor(int cardinality) => (int)(((long)cardinality + BitsPerWord - 1) / BitsPerWord);

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(LeafWidth);
        writer.WriteInt32(nodes.Length);
        foreach (TreeNode node in nodes)
        {
            writer.WriteDouble(node.Threshold);
            writer.WriteInt32(node.Feature);
            writer.WriteInt32(node.Left);
            writer.WriteInt32(node.Right);
            writer.WriteInt32(node.Categories);
            writer.WriteByte(node.MissingLeft ? (byte)1 : (byte)0);
        }

        writer.WriteInt32s(roots);
        writer.WriteInt32s(offsets);
        writer.WriteDoubles(leaves);
        writer.WriteInt32s(categories);
        if (Statistics is { } kept)
        {
            writer.WriteDoubles(kept.Gains);
            writer.WriteDoubles(kept.Covers);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; every index is checked, so that walking it can neither fail nor circle.</summary>
    public static TreeEnsemble Read(SectionReader reader, int featureCount, int sumCount)
    {
        int leafWidth = reader.ReadInt32("leaf width", 1, sumCount);
        TreeNode[] decisions = new TreeNode[reader.ReadCount(NodeSize)];
        for (int index = 0; index < decisions.Length; index++)
        {
            decisions[index] = new TreeNode(reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadByte() != 0);
        }

        (int[] starts, int[] firstSums, double[] values, int[] sets) = (reader.ReadInt32s(), reader.ReadInt32s(), reader.ReadDoubles(), reader.ReadInt32s());
        TreeStatistics? statistics = reader.Remaining > 0 ? ReadStatistics(reader, decisions.Length, values.Length / leafWidth) : null;
        TreeEnsemble read = new(leafWidth, decisions, starts, firstSums, values, sets, statistics);
        read.Check(reader, featureCount, sumCount);
        return read.Prepare();
    }

    /// <summary>Chooses the fast way to walk checked trees, which are laid out for it where they gain by that.</summary>
    internal TreeEnsemble Prepare()
    {
        walk = LeafWidth == 1 ? LockstepWalk.Of(nodes, roots, leaves, offsets) : null;
        deepWalk = walk is null ? DeepWalk.Of(nodes, roots, offsets, leaves, LeafWidth) : null;
        return this;
    }

    private static TreeStatistics ReadStatistics(SectionReader reader, int nodeCount, int leafCount)
    {
        TreeStatistics read = new(reader.ReadFiniteDoubles("gains", nodeCount), reader.ReadFiniteDoubles("covers", leafCount));
        return Array.TrueForAll(read.Covers, cover => cover >= 0) ? read : throw reader.Invalid("a leaf covers less than nothing");
    }

    private void Check(SectionReader reader, int featureCount, int sumCount)
    {
        if (offsets.Length != roots.Length || Array.Exists(offsets, offset => offset < 0 || offset > sumCount - LeafWidth))
        {
            throw reader.Invalid("a tree adds to an output that is not there");
        }

        if (!Array.TrueForAll(leaves, double.IsFinite) || leaves.Length % LeafWidth != 0)
        {
            throw reader.Invalid("a leaf is not finite or incomplete");
        }

        if (Array.Exists(roots, root => !IsChild(root, -1)))
        {
            throw reader.Invalid("a tree starts outside the nodes");
        }

        for (int index = 0; index < nodes.Length; index++)
        {
            CheckNode(reader, index, featureCount);
        }

        CheckParents(reader);
    }

    /// <summary>What hangs in one place only is a tree, whose paths are no more than its leaves.</summary>
    private void CheckParents(SectionReader reader)
    {
        bool[] hung = new bool[nodes.Length + (leaves.Length / LeafWidth)];
        Array.ForEach(roots, Hang);
        foreach (TreeNode node in nodes)
        {
            Hang(node.Left);
            Hang(node.Right);
        }

        void Hang(int child)
        {
            ref bool isHung = ref hung[child >= 0 ? child : nodes.Length + ~child];
            if (isHung)
            {
                throw reader.Invalid("a node or leaf has two parents");
            }

            isHung = true;
        }
    }

    private void CheckNode(SectionReader reader, int index, int featureCount)
    {
        TreeNode node = nodes[index];
        if (node.Feature < 0 || node.Feature >= featureCount || double.IsNaN(node.Threshold))
        {
            throw reader.Invalid($"node {index} asks for feature {node.Feature} of {featureCount}");
        }

        // A child that always lies behind its parent makes circles impossible.
        if (!IsChild(node.Left, index) || !IsChild(node.Right, index))
        {
            throw reader.Invalid($"node {index} has a child outside the nodes behind it");
        }

        bool setFits = node.Categories == TreeNode.NoCategories
            || (node.Categories >= 0 && node.Categories < categories.Length && categories[node.Categories] >= 0 && WordsFor(categories[node.Categories]) < categories.Length - node.Categories);
        if (!setFits)
        {
            throw reader.Invalid($"node {index} has a set of categories that is not there");
        }
    }

    private bool IsChild(int child, int parent) =>
        child >= 0 ? child > parent && child < nodes.Length : ~child < leaves.Length / LeafWidth;

    private void AddLeaf(int tree, ReadOnlySpan<double> row, Span<double> sums)
    {
        int leaf = FindLeaf(roots[tree], row) * LeafWidth;
        int offset = offsets[tree];
        for (int index = 0; index < LeafWidth; index++)
        {
            sums[offset + index] += leaves[leaf + index];
        }
    }

    private int FindLeaf(int child, ReadOnlySpan<double> row)
    {
        while (child >= 0)
        {
            ref readonly TreeNode node = ref nodes[child];
            child = GoesLeft(in node, row[node.Feature]) ? node.Left : node.Right;
        }

        return ~child;
    }

    /// <summary>Whether a row with this value of the node's feature goes left.</summary>
    public bool GoesLeft(in TreeNode node, double value)
    {
        if (node.Categories != TreeNode.NoCategories)
        {
            // A category that was never seen is as good as missing.
            return value >= 0 && value < categories[node.Categories]
                ? IsInSet(node.Categories, (int)value)
                : node.MissingLeft;
        }

        return value <= node.Threshold || (node.MissingLeft && double.IsNaN(value));
    }

    /// <summary>The categories that a node's set is over; 0 for a node that compares numbers.</summary>
    public int CategoryCountOf(in TreeNode node) => node.Categories == TreeNode.NoCategories ? 0 : categories[node.Categories];

    private bool IsInSet(int start, int category) =>
        (categories[start + 1 + (category / BitsPerWord)] >> (category % BitsPerWord) & 1) != 0;
}
