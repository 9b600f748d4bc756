using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes an ensemble as one TreeEnsembleRegressor over doubles, whose thresholds are ours to the bit.</summary>
/// <remarks>
/// A set of categories becomes a chain of comparisons with one category each, whose true sides all lead to the same place:
/// the operators of ai.onnx.ml 3, which all runtimes have, know no sets.
/// </remarks>
internal sealed class TreeGraph(TreeEnsemble trees, int sumCount, CancellationToken cancellationToken)
{
    /// <summary>Stands for a missing or unknown category.</summary>
    public const int NoCategory = -1;

    private const string Number = "BRANCH_LEQ";
    private const string Category = "BRANCH_EQ";
    private const string Leaf = "LEAF";

    private readonly List<long> treeIds = [];
    private readonly List<long> nodeIds = [];
    private readonly List<long> features = [];
    private readonly List<string> modes = [];
    private readonly List<double> values = [];
    private readonly List<long> trueIds = [];
    private readonly List<long> falseIds = [];
    private readonly List<long> missing = [];
    private readonly List<long> targetTrees = [];
    private readonly List<long> targetNodes = [];
    private readonly List<long> targets = [];
    private readonly List<double> weights = [];

    /// <summary>The sums of the trees, one column each, as doubles.</summary>
    public string Write(GraphWriter graph, string matrix)
    {
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteTree(tree);
        }

        if (trees.TreeCount == 0)
        {
            AddNode(0, 0, Leaf, 0, 0, (0, 0), false);
            AddTarget(0, 0, 0, 0);
        }

        return graph.ToDouble(graph.Add(
            GraphWriter.MachineLearning,
            "TreeEnsembleRegressor",
            [matrix],
            Attributes.Of("n_targets", sumCount),
            Attributes.Of("aggregate_function", "SUM"),
            Attributes.Of("post_transform", "NONE"),
            Attributes.Of("nodes_treeids", treeIds),
            Attributes.Of("nodes_nodeids", nodeIds),
            Attributes.Of("nodes_featureids", features),
            Attributes.Of("nodes_modes", modes),
            Attributes.Of("nodes_values_as_tensor", GraphWriter.Tensor(values, values.Count)),
            Attributes.Of("nodes_truenodeids", trueIds),
            Attributes.Of("nodes_falsenodeids", falseIds),
            Attributes.Of("nodes_missing_value_tracks_true", missing),
            Attributes.Of("target_treeids", targetTrees),
            Attributes.Of("target_nodeids", targetNodes),
            Attributes.Of("target_ids", targets),
            Attributes.Of("target_weights_as_tensor", GraphWriter.Tensor(weights, weights.Count))));
    }

    private void WriteTree(int tree)
    {
        Dictionary<int, int> ids = NumberPlaces(trees.Roots[tree]);
        foreach ((int child, int id) in ids)
        {
            if (child < 0)
            {
                AddNode(tree, id, Leaf, 0, 0, (0, 0), false);
                for (int output = 0; output < trees.LeafWidth; output++)
                {
                    AddTarget(tree, id, trees.Offsets[tree] + output, trees.Leaves[(~child * trees.LeafWidth) + output]);
                }

                continue;
            }

            TreeNode node = trees.Nodes[child];
            (int left, int right) = (ids[node.Left], ids[node.Right]);
            if (node.Categories == TreeNode.NoCategories)
            {
                AddNode(tree, id, Number, node.Feature, node.Threshold, (left, right), node.MissingLeft);
            }
            else
            {
                AddChain(tree, id, node, left, right);
            }
        }
    }

    private void AddChain(int tree, int first, TreeNode node, int left, int right)
    {
        (int[] asked, bool areLeft) = Asked(node);
        (int yes, int no) = areLeft ? (left, right) : (right, left);
        for (int index = 0; index < asked.Length; index++)
        {
            AddNode(tree, first + index, Category, node.Feature, asked[index], (yes, index == asked.Length - 1 ? no : first + index + 1), false);
        }
    }

    /// <summary>The smaller of both sides' categories, and whether it goes left.</summary>
    private (int[] Asked, bool AreLeft) Asked(TreeNode node)
    {
        int[] all = [NoCategory, .. Enumerable.Range(0, trees.CategoryCountOf(in node))];
        int[] left = [.. all.Where(category => trees.GoesLeft(in node, category))];
        int[] right = [.. all.Where(category => !trees.GoesLeft(in node, category))];
        bool areLeft = right.Length == 0 || (left.Length > 0 && left.Length <= right.Length);
        return (areLeft ? left : right, areLeft);
    }

    /// <summary>Numbers a tree's nodes and leaves from the root on, with room for chains.</summary>
    private Dictionary<int, int> NumberPlaces(int root)
    {
        Dictionary<int, int> ids = [];
        int next = 0;
        Stack<int> open = new([root]);
        while (open.TryPop(out int child))
        {
            ids.Add(child, next);
            if (child < 0)
            {
                next++;
                continue;
            }

            TreeNode node = trees.Nodes[child];
            next += node.Categories == TreeNode.NoCategories ? 1 : Asked(node).Asked.Length;
            open.Push(node.Right);
            open.Push(node.Left);
        }

        return ids;
    }

    private void AddNode(int tree, int id, string mode, int feature, double value, (int True, int False) next, bool missingIsTrue)
    {
        treeIds.Add(tree);
        nodeIds.Add(id);
        features.Add(feature);
        modes.Add(mode);
        values.Add(value);
        trueIds.Add(next.True);
        falseIds.Add(next.False);
        missing.Add(missingIsTrue ? 1 : 0);
    }

    private void AddTarget(int tree, int node, int target, double weight)
    {
        targetTrees.Add(tree);
        targetNodes.Add(node);
        targets.Add(target);
        weights.Add(weight);
    }
}
