using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Walks eight trees, or eight rows, side by side, so that one waits for memory while others compare. Immutable and thread safe.</summary>
/// <remarks>
/// A leaf is a node that leads to itself, so that all walkers take the same number of steps and no step needs a branch,
/// which the processor would mispredict half of the time.
/// </remarks>
internal sealed class LockstepWalk
{
    /// <summary>Trees or rows that walk together: as many as have their places in registers.</summary>
    private const int Group = 8;

    /// <summary>Deeper trees are mostly lopsided, and most of their steps would be leaves leading to themselves.</summary>
    private const int MaximumHeight = 16;

    private readonly WalkNode[] nodes;
    private readonly double[] values;
    private readonly int[] starts;
    private readonly int[] heights;
    private readonly int[] offsets;
    private readonly int leastFeatures;

    private LockstepWalk(WalkNode[] nodes, double[] values, int[] starts, int[] heights, int[] offsets, int leastFeatures)
    {
        this.nodes = nodes;
        this.values = values;
        this.starts = starts;
        this.heights = heights;
        this.offsets = offsets;
        this.leastFeatures = leastFeatures;
    }

    /// <summary>Prepares checked trees, whose children lie behind their parents; null when they ask for categories, are deep, or are no trees.</summary>
    /// <param name="decisions">The nodes of all trees.</param>
    /// <param name="roots">Where each tree begins.</param>
    /// <param name="leaves">One value per leaf.</param>
    /// <param name="offsets">Per tree, the sum that it adds to.</param>
    public static LockstepWalk? Of(ReadOnlySpan<TreeNode> decisions, ReadOnlySpan<int> roots, ReadOnlySpan<double> leaves, ReadOnlySpan<int> offsets)
    {
        int[] above = new int[decisions.Length];
        int features = 0;
        for (int index = decisions.Length - 1; index >= 0; index--)
        {
            TreeNode node = decisions[index];
            above[index] = 1 + Math.Max(HeightOf(node.Left), HeightOf(node.Right));
            features = Math.Max(features, node.Feature + 1);
            if (node.Categories != TreeNode.NoCategories || above[index] > MaximumHeight || node.Feature > ushort.MaxValue)
            {
                return null;
            }
        }

        // Places for the last group's walkers without a tree, which start at the last one's root.
        int[] begins = new int[(roots.Length + Group - 1) / Group * Group];
        int[] tall = new int[roots.Length];
        WalkLayout layout = new();
        for (int tree = 0; tree < roots.Length; tree++)
        {
            begins.AsSpan(tree).Fill(layout.Nodes.Count);
            tall[tree] = HeightOf(roots[tree]);
            if (!layout.TryAdd(decisions, roots[tree], (2L * decisions.Length) + roots.Length))
            {
                return null;
            }
        }

        double[] worth = new double[layout.Leaves.Count];
        for (int place = 0; place < worth.Length && leaves.Length > 0; place++)
        {
            worth[place] = leaves[layout.Leaves[place]];
        }

        return new LockstepWalk([.. layout.Nodes], worth, begins, tall, offsets.ToArray(), features);

        int HeightOf(int child) => child >= 0 ? above[child] : 0;
    }

    /// <summary>Adds the value of every tree's leaf to the sum at the tree's offset, tree by tree.</summary>
    public void Accumulate(ReadOnlySpan<double> row, Span<double> sums)
    {
        Check(row.Length);
        if (HasMissing(row))
        {
            WalkTrees<WalkSteps.Any>(row, sums);
        }
        else
        {
            WalkTrees<WalkSteps.Present>(row, sums);
        }
    }

    /// <summary>The same for several rows, to the bit; each tree stays in the nearest cache while rows walk it.</summary>
    /// <param name="rows">Row by row.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="sums">Row by row.</param>
    /// <param name="stride">Sums per row.</param>
    public void AccumulateRows(ReadOnlySpan<double> rows, int width, Span<double> sums, int stride)
    {
        Check(width);
        int count = rows.Length / width;
        int grouped = count / Group * Group;
        if (HasMissing(rows))
        {
            WalkRows<WalkSteps.Any>(rows, width, grouped, sums, stride);
        }
        else
        {
            WalkRows<WalkSteps.Present>(rows, width, grouped, sums, stride);
        }

        for (int row = grouped; row < count; row++)
        {
            Accumulate(rows.Slice(row * width, width), sums.Slice(row * stride, stride));
        }
    }

    private void Check(int width)
    {
        if (width < leastFeatures)
        {
            throw new ArgumentException($"The row has {width} values, but the trees ask for {leastFeatures}.", nameof(width));
        }
    }

    private static bool HasMissing(ReadOnlySpan<double> rows)
    {
        foreach (double value in rows)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private void WalkTrees<TStep>(ReadOnlySpan<double> row, Span<double> sums)
        where TStep : struct, IWalkStep
    {
        ref double asked = ref MemoryMarshal.GetReference(row);
        for (int first = 0; first < heights.Length; first += Group)
        {
            ReadOnlySpan<int> from = starts.AsSpan(first, Group);
            int height = 0;
            foreach (int each in heights.AsSpan(first, Math.Min(Group, heights.Length - first)))
            {
                height = Math.Max(height, each);
            }

            (int a, int b, int c, int d, int e, int f, int g, int h) = (from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7]);
            for (int step = height; step > 0; step--)
            {
                a = Next<TStep>(a, ref asked);
                b = Next<TStep>(b, ref asked);
                c = Next<TStep>(c, ref asked);
                d = Next<TStep>(d, ref asked);
                e = Next<TStep>(e, ref asked);
                f = Next<TStep>(f, ref asked);
                g = Next<TStep>(g, ref asked);
                h = Next<TStep>(h, ref asked);
            }

            ReadOnlySpan<int> reached = [a, b, c, d, e, f, g, h];
            for (int index = 0; index < Math.Min(Group, heights.Length - first); index++)
            {
                sums[offsets[first + index]] += values[reached[index]];
            }
        }
    }

    private void WalkRows<TStep>(ReadOnlySpan<double> rows, int width, int count, Span<double> sums, int stride)
        where TStep : struct, IWalkStep
    {
        for (int tree = 0; tree < heights.Length; tree++)
        {
            int height = heights[tree];
            for (int row = 0; row < count; row += Group)
            {
                ref double first = ref MemoryMarshal.GetReference(rows[(row * width)..]);
                int a = starts[tree];
                (int b, int c, int d, int e, int f, int g, int h) = (a, a, a, a, a, a, a);
                for (int step = height; step > 0; step--)
                {
                    a = Next<TStep>(a, ref first);
                    b = Next<TStep>(b, ref Unsafe.Add(ref first, width));
                    c = Next<TStep>(c, ref Unsafe.Add(ref first, 2 * width));
                    d = Next<TStep>(d, ref Unsafe.Add(ref first, 3 * width));
                    e = Next<TStep>(e, ref Unsafe.Add(ref first, 4 * width));
                    f = Next<TStep>(f, ref Unsafe.Add(ref first, 5 * width));
                    g = Next<TStep>(g, ref Unsafe.Add(ref first, 6 * width));
                    h = Next<TStep>(h, ref Unsafe.Add(ref first, 7 * width));
                }

                ReadOnlySpan<int> reached = [a, b, c, d, e, f, g, h];
                int place = (row * stride) + offsets[tree];
                foreach (int node in reached)
                {
                    sums[place] += values[node];
                    place += stride;
                }
            }
        }
    }

    // Places and features were checked when the trees were read or built, the rows' width in Check.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next<TStep>(int place, ref double row)
        where TStep : struct, IWalkStep
    {
        ref readonly WalkNode node = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(nodes), place);
        return node.Left + TStep.GoesRight(Unsafe.Add(ref row, node.Feature), in node);
    }
}
