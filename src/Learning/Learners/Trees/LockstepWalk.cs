using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Walks several trees side by side, so that one waits for memory while others compare. Immutable and thread safe.</summary>
/// <remarks>
/// A leaf is a node that leads to itself, so that all trees of a group take the same number of steps and no step needs a
/// branch, which the processor would mispredict half of the time.
/// </remarks>
internal sealed class LockstepWalk
{
    /// <summary>Trees that walk together.</summary>
    private const int Group = 8;

    /// <summary>Deeper trees are mostly lopsided, and most of their steps would be leaves leading to themselves.</summary>
    private const int MaximumHeight = 12;

    private readonly WalkNode[] nodes;
    private readonly int[] starts;
    private readonly int[] heights;
    private readonly int firstLeaf;
    private readonly int leastFeatures;

    private LockstepWalk(WalkNode[] nodes, int[] starts, int[] heights, int firstLeaf, int leastFeatures)
    {
        this.nodes = nodes;
        this.starts = starts;
        this.heights = heights;
        this.firstLeaf = firstLeaf;
        this.leastFeatures = leastFeatures;
    }

    /// <summary>Prepares checked trees, whose children lie behind their parents; null when they ask for categories or are deep.</summary>
    public static LockstepWalk? Of(ReadOnlySpan<TreeNode> decisions, ReadOnlySpan<int> roots, int leafCount)
    {
        int[] above = new int[decisions.Length];
        WalkNode[] all = new WalkNode[decisions.Length + leafCount];
        int features = 0;
        for (int index = decisions.Length - 1; index >= 0; index--)
        {
            TreeNode node = decisions[index];
            above[index] = 1 + Math.Max(HeightOf(node.Left), HeightOf(node.Right));
            features = Math.Max(features, node.Feature + 1);
            all[index] = new WalkNode(node.Threshold, node.Feature, node.MissingLeft ? 0 : 1, PlaceOf(node.Left), PlaceOf(node.Right));
            if (node.Categories != TreeNode.NoCategories || above[index] > MaximumHeight)
            {
                return null;
            }
        }

        for (int index = decisions.Length; index < all.Length; index++)
        {
            all[index] = new WalkNode(double.NaN, 0, 0, index, index);
        }

        int[] places = new int[roots.Length];
        int[] groups = new int[(roots.Length + Group - 1) / Group];
        for (int tree = 0; tree < roots.Length; tree++)
        {
            places[tree] = PlaceOf(roots[tree]);
            groups[tree / Group] = Math.Max(groups[tree / Group], HeightOf(roots[tree]));
        }

        return new LockstepWalk(all, places, groups, above.Length, features);

        int HeightOf(int child) => child >= 0 ? above[child] : 0;
        int PlaceOf(int child) => child >= 0 ? child : above.Length + ~child;
    }

    /// <summary>Adds the single value of every tree's leaf to the sum at the tree's offset, tree by tree.</summary>
    public void Accumulate(ReadOnlySpan<double> row, ReadOnlySpan<double> leaves, ReadOnlySpan<int> offsets, Span<double> sums)
    {
        if (row.Length < leastFeatures)
        {
            throw new ArgumentException($"The row has {row.Length} values, but the trees ask for {leastFeatures}.", nameof(row));
        }

        Span<int> places = stackalloc int[Group];
        for (int first = 0; first < starts.Length; first += Group)
        {
            Span<int> walking = places[..Math.Min(Group, starts.Length - first)];
            starts.AsSpan(first, walking.Length).CopyTo(walking);
            for (int step = heights[first / Group]; step > 0; step--)
            {
                foreach (ref int place in walking)
                {
                    place = Next(place, row);
                }
            }

            for (int index = 0; index < walking.Length; index++)
            {
                sums[offsets[first + index]] += leaves[walking[index] - firstLeaf];
            }
        }
    }

    // Places and features were checked when the trees were read or built, the row's length in Accumulate.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(int place, ReadOnlySpan<double> row)
    {
        ref readonly WalkNode node = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(nodes), place);
        double value = Unsafe.Add(ref MemoryMarshal.GetReference(row), node.Feature);
        int isAbove = value > node.Threshold ? 1 : 0;
        int isMissing = double.IsNaN(value) ? 1 : 0;
        int goesRight = isAbove | (isMissing & node.MissingRight);
        return node.Left ^ ((node.Left ^ node.Right) & -goesRight);
    }
}
