namespace Trainyard.Learning.Learners.Trees;

/// <summary>A tree over bins, as the grower makes it. Children are numbered as in <see cref="TreeNode"/>.</summary>
internal sealed class GrownTree
{
    private readonly List<GrownNode> nodes = [];
    private readonly List<double[]> leaves = [];
    private readonly List<double> covers = [];

    public int Root { get; private set; } = ~0;

    public IReadOnlyList<GrownNode> Nodes => nodes;

    public IReadOnlyList<double[]> Leaves => leaves;

    /// <summary>Per leaf, the weight of the rows in it.</summary>
    public IReadOnlyList<double> Covers => covers;

    /// <summary>Adds a decision and hangs it below its parent.</summary>
    public int AddNode(Split split, TreeSlot slot)
    {
        nodes.Add(new GrownNode(split));
        Attach(slot, nodes.Count - 1);
        return nodes.Count - 1;
    }

    /// <summary>Adds a leaf and hangs it below its parent.</summary>
    public void AddLeaf(double[] values, double cover, TreeSlot slot)
    {
        leaves.Add(values);
        covers.Add(cover);
        Attach(slot, ~(leaves.Count - 1));
    }

    /// <summary>Multiplies every leaf.</summary>
    public void Scale(double factor)
    {
        foreach (double[] leaf in leaves)
        {
            for (int index = 0; index < leaf.Length; index++)
            {
                leaf[index] *= factor;
            }
        }
    }

    /// <summary>The leaf that a row falls into.</summary>
    public double[] LeafOf(PackedBins binned, int row)
    {
        int child = Root;
        while (child >= 0)
        {
            GrownNode node = nodes[child];
            int feature = node.Split.Feature;
            child = node.Split.GoesLeft(binned.Features[feature], binned.Bin(feature, row)) ? node.Left : node.Right;
        }

        return leaves[~child];
    }

    private void Attach(TreeSlot slot, int child)
    {
        if (slot.Parent < 0)
        {
            Root = child;
        }
        else if (slot.IsLeft)
        {
            nodes[slot.Parent].Left = child;
        }
        else
        {
            nodes[slot.Parent].Right = child;
        }
    }
}
