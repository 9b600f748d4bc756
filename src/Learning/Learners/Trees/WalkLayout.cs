namespace Trainyard.Learning.Learners.Trees;

/// <summary>Lays trees out for <see cref="LockstepWalk"/>: each behind the other, level by level, so that siblings are neighbours.</summary>
internal sealed class WalkLayout
{
    private readonly List<WalkNode> nodes = [];
    private readonly List<int> leaves = [];
    private readonly Queue<(int Child, int Place)> open = new();

    /// <summary>The nodes of all trees.</summary>
    public IReadOnlyList<WalkNode> Nodes => nodes;

    /// <summary>Which leaf each node is; 0 for decisions.</summary>
    public IReadOnlyList<int> Leaves => leaves;

    /// <summary>Adds a tree; false when that takes more than <paramref name="maximumNodes"/> nodes in all, as branches that meet again would.</summary>
    public bool TryAdd(ReadOnlySpan<TreeNode> decisions, int root, long maximumNodes)
    {
        Reserve(1);
        open.Enqueue((root, nodes.Count - 1));
        while (open.TryDequeue(out (int Child, int Place) next))
        {
            if (next.Child < 0)
            {
                nodes[next.Place] = new WalkNode(double.NaN, next.Place, 0, 0);
                leaves[next.Place] = ~next.Child;
                continue;
            }

            TreeNode node = decisions[next.Child];
            nodes[next.Place] = new WalkNode(node.Threshold, nodes.Count, (ushort)node.Feature, node.MissingLeft ? (ushort)0 : (ushort)1);
            open.Enqueue((node.Left, nodes.Count));
            open.Enqueue((node.Right, nodes.Count + 1));
            Reserve(2);
            if (nodes.Count > maximumNodes)
            {
                return false;
            }
        }

        return true;
    }

    private void Reserve(int count)
    {
        for (int index = 0; index < count; index++)
        {
            nodes.Add(default);
            leaves.Add(0);
        }
    }
}
