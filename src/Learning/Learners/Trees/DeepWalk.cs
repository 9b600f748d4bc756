using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>
/// Walks eight rows down a tree, or a row down eight trees, side by side, each until all have reached their leaves: for trees that are
/// too lopsided for <see cref="LockstepWalk"/>, or whose leaves hold several values. Immutable and thread safe.
/// </summary>
/// <remarks>A deep tree does not fit a near cache, so a walker mostly waits for memory; eight wait at the same time. Steps have no branch to mispredict.</remarks>
internal sealed class DeepWalk
{
    /// <summary>Walkers side by side: as many as have their places in registers.</summary>
    private const int Group = 8;

    private const int SignBit = 31;

    private readonly TreeNode[] nodes;
    private readonly int[] starts;
    private readonly int[] offsets;
    private readonly double[] leaves;
    private readonly int leafWidth;
    private readonly int leastFeatures;

    private DeepWalk(TreeNode[] nodes, int[] starts, int[] offsets, double[] leaves, int leafWidth, int leastFeatures)
    {
        this.nodes = nodes;
        this.starts = starts;
        this.offsets = offsets;
        this.leaves = leaves;
        this.leafWidth = leafWidth;
        this.leastFeatures = leastFeatures;
    }

    /// <summary>Prepares checked trees without copying them; null when they ask for categories or nothing at all.</summary>
    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="roots">Where each tree begins.</param>
    /// <param name="offsets">Per tree, the first sum that it adds to.</param>
    /// <param name="leaves">The values of all leaves.</param>
    /// <param name="leafWidth">Values of a leaf.</param>
    public static DeepWalk? Of(TreeNode[] nodes, int[] roots, int[] offsets, double[] leaves, int leafWidth)
    {
        if (nodes.Length == 0 || roots.Length == 0 || Array.Exists(nodes, node => node.Categories != TreeNode.NoCategories))
        {
            return null;
        }

        // Places for the last group's walkers without a tree, which walk the last one again.
        int[] padded = new int[(roots.Length + Group - 1) / Group * Group];
        padded.AsSpan().Fill(roots[^1]);
        roots.CopyTo(padded, 0);
        return new DeepWalk(nodes, padded, offsets, leaves, leafWidth, nodes.Max(node => node.Feature) + 1);
    }

    /// <summary>Adds every tree's leaf to the sums from the tree's offset on, tree by tree.</summary>
    public void Accumulate(ReadOnlySpan<double> row, Span<double> sums)
    {
        Check(row.Length);
        ref double asked = ref MemoryMarshal.GetReference(row);
        for (int first = 0; first < offsets.Length; first += Group)
        {
            ReadOnlySpan<int> from = starts.AsSpan(first, Group);
            Places places = Walk(new Places(from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7]), ref asked, 0);
            ReadOnlySpan<int> reached = [places.A, places.B, places.C, places.D, places.E, places.F, places.G, places.H];
            for (int index = 0; index < Math.Min(Group, offsets.Length - first); index++)
            {
                Add(reached[index], sums[offsets[first + index]..]);
            }
        }
    }

    /// <summary>The same for several rows, to the bit; a tree is fetched once for all of them.</summary>
    /// <param name="rows">Row by row.</param>
    /// <param name="width">Values per row.</param>
    /// <param name="sums">Row by row.</param>
    /// <param name="stride">Sums per row.</param>
    public void AccumulateRows(ReadOnlySpan<double> rows, int width, Span<double> sums, int stride)
    {
        Check(width);
        int count = rows.Length / width;
        int grouped = count / Group * Group;
        for (int tree = 0; tree < offsets.Length; tree++)
        {
            int start = starts[tree];
            for (int row = 0; row < grouped; row += Group)
            {
                ref double first = ref MemoryMarshal.GetReference(rows[(row * width)..]);
                Places places = Walk(new Places(start, start, start, start, start, start, start, start), ref first, width);
                ReadOnlySpan<int> reached = [places.A, places.B, places.C, places.D, places.E, places.F, places.G, places.H];
                int place = (row * stride) + offsets[tree];
                foreach (int leaf in reached)
                {
                    Add(leaf, sums[place..]);
                    place += stride;
                }
            }
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

    private void Add(int reached, Span<double> sums)
    {
        ReadOnlySpan<double> values = leaves.AsSpan(~reached * leafWidth, leafWidth);
        for (int index = 0; index < values.Length; index++)
        {
            sums[index] += values[index];
        }
    }

    /// <summary>Until every place is a leaf's, which are negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Places Walk(Places from, ref double row, int width)
    {
        ref TreeNode all = ref MemoryMarshal.GetArrayDataReference(nodes);
        (int a, int b, int c, int d, int e, int f, int g, int h) = from;
        while ((a & b & c & d & e & f & g & h) >= 0)
        {
            a = Next(a, ref all, ref row);
            b = Next(b, ref all, ref Unsafe.Add(ref row, width));
            c = Next(c, ref all, ref Unsafe.Add(ref row, 2 * width));
            d = Next(d, ref all, ref Unsafe.Add(ref row, 3 * width));
            e = Next(e, ref all, ref Unsafe.Add(ref row, 4 * width));
            f = Next(f, ref all, ref Unsafe.Add(ref row, 5 * width));
            g = Next(g, ref all, ref Unsafe.Add(ref row, 6 * width));
            h = Next(h, ref all, ref Unsafe.Add(ref row, 7 * width));
        }

        return new Places(a, b, c, d, e, f, g, h);
    }

    // Children and features were checked when the trees were read or built, the rows' width in Check. A leaf stays where it is, after
    // looking at the first node for nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(int place, ref TreeNode nodes, ref double row)
    {
        int isLeaf = place >> SignBit;
        ref readonly TreeNode node = ref Unsafe.Add(ref nodes, place & ~isLeaf);
        double value = Unsafe.Add(ref row, node.Feature);
        int goesRight = (value > node.Threshold ? 1 : 0) | ((double.IsNaN(value) ? 1 : 0) & (node.MissingLeft ? 0 : 1));
        int next = node.Left ^ ((node.Left ^ node.Right) & -goesRight);
        return (place & isLeaf) | (next & ~isLeaf);
    }

    /// <summary>Where the walkers are.</summary>
    private readonly record struct Places(int A, int B, int C, int D, int E, int F, int G, int H);
}
