using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Import;

/// <summary>Gathers trees from elsewhere, which are not trusted, and lays them out as ours.</summary>
/// <param name="leafWidth">Values per leaf.</param>
/// <param name="featureCount">Features that decisions may ask.</param>
internal sealed class ForeignTrees(int leafWidth, int featureCount)
{
    private readonly List<TreeNode> nodes = [];
    private readonly List<int> roots = [];
    private readonly List<int> offsets = [];
    private readonly List<double> leaves = [];
    private readonly List<double> gains = [];
    private readonly List<double> covers = [];

    /// <summary>Adds a tree; its root is the first node that is below no other.</summary>
    /// <exception cref="LearningException"><c>model_import_invalid</c>: it is no tree.</exception>
    public void Add(IReadOnlyList<ForeignNode> tree, int offset)
    {
        bool[] seen = new bool[tree.Count];
        Stack<(int Node, int Parent, bool IsLeft)> open = new([(RootOf(tree), -1, false)]);
        while (open.TryPop(out (int Node, int Parent, bool IsLeft) next))
        {
            if (next.Node < 0 || next.Node >= tree.Count || seen[next.Node])
            {
                throw ImportErrors.Invalid($"node {next.Node} of a tree of {tree.Count} is not there, or has two parents");
            }

            seen[next.Node] = true;
            ForeignNode node = tree[next.Node];
            int place = node.IsLeaf ? AddLeaf(node) : AddDecision(node);
            Hang(place, next.Parent, next.IsLeft, offset);
            if (!node.IsLeaf)
            {
                open.Push((node.Right, place, false));
                open.Push((node.Left, place, true));
            }
        }
    }

    /// <summary>The ensemble.</summary>
    /// <param name="knowsCovers">Whether the nodes' covers and gains are known.</param>
    public TreeEnsemble Build(bool knowsCovers)
    {
        TreeStatistics? statistics = knowsCovers ? new TreeStatistics([.. gains], [.. covers]) : null;
        return new TreeEnsemble(leafWidth, [.. nodes], [.. roots], [.. offsets], [.. leaves], [], statistics).Prepare();
    }

    private static int RootOf(IReadOnlyList<ForeignNode> tree)
    {
        HashSet<int> below = [.. tree.Where(node => !node.IsLeaf).SelectMany(node => new[] { node.Left, node.Right })];
        return Enumerable.Range(0, tree.Count).FirstOrDefault(node => !below.Contains(node), -1);
    }

    private int AddDecision(ForeignNode node)
    {
        if (node.Feature >= featureCount || double.IsNaN(node.Threshold) || !double.IsFinite(node.Gain))
        {
            throw ImportErrors.Invalid($"a decision asks feature {node.Feature} of {featureCount}, or compares with no number");
        }

        // Children are hung when they are reached.
        nodes.Add(new TreeNode(node.Threshold, node.Feature, 0, 0, TreeNode.NoCategories, node.MissingLeft));
        gains.Add(node.Gain);
        return nodes.Count - 1;
    }

    private int AddLeaf(ForeignNode node)
    {
        if (node.Values.Length != leafWidth || !Array.TrueForAll(node.Values, double.IsFinite) || !(node.Cover >= 0) || double.IsInfinity(node.Cover))
        {
            throw ImportErrors.Invalid("a leaf's value or weight is no finite number");
        }

        leaves.AddRange(node.Values);
        covers.Add(node.Cover);
        return ~(covers.Count - 1);
    }

    private void Hang(int place, int parent, bool isLeft, int offset)
    {
        if (parent < 0)
        {
            roots.Add(place);
            offsets.Add(offset);
            return;
        }

        nodes[parent] = isLeft ? nodes[parent] with { Left = place } : nodes[parent] with { Right = place };
    }
}
