using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>One tree of random cuts; a leaf holds the length of the path to it.</summary>
internal sealed class IsolationTree
{
    private readonly FeatureMatrix matrix;
    private readonly DeterministicRandom random;
    private readonly int maximumDepth;
    private readonly List<TreeNode> nodes = [];
    private readonly List<double> leaves = [];
    private readonly List<double> covers = [];
    private readonly int[] rows;
    private readonly int[] shuffled;

    private IsolationTree(FeatureMatrix matrix, int[] rows, DeterministicRandom random)
    {
        this.matrix = matrix;
        this.rows = rows;
        this.random = random;
        shuffled = [.. Enumerable.Range(0, matrix.FeatureCount)];
        maximumDepth = (int)Math.Ceiling(Math.Log2(Math.Max(rows.Length, 2)));
    }

    public static IsolationTree Grow(FeatureMatrix matrix, int[] from, int sample, DeterministicRandom random, CancellationToken cancellationToken)
    {
        IsolationTree tree = new(matrix, Draw(from, sample, random), random);
        tree.Divide(0, tree.rows.Length, 0, cancellationToken);
        return tree;
    }

    /// <summary>Lays trees out as one ensemble, whose sums are path lengths.</summary>
    public static TreeEnsemble Join(IsolationTree[] trees)
    {
        List<TreeNode> joined = [];
        List<double> lengths = [];
        List<double> counts = [];
        List<int> roots = [];
        foreach (IsolationTree tree in trees)
        {
            int firstNode = joined.Count;
            int firstLeaf = lengths.Count;
            int Move(int child) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);
            roots.Add(Move(tree.nodes.Count > 0 ? 0 : ~0));
            joined.AddRange(tree.nodes.Select(node => node with { Left = Move(node.Left), Right = Move(node.Right) }));
            lengths.AddRange(tree.leaves);
            counts.AddRange(tree.covers);
        }

        // Cuts are drawn, not found: none of them gains anything.
        TreeStatistics statistics = new(new double[joined.Count], [.. counts]);
        return new TreeEnsemble(1, [.. joined], [.. roots], new int[roots.Count], [.. lengths], [], statistics).Prepare();
    }

    /// <summary>The first draws of a shuffle: without replacement, each set equally likely.</summary>
    private static int[] Draw(int[] from, int sample, DeterministicRandom random)
    {
        int[] order = [.. from];
        for (int index = 0; index < sample; index++)
        {
            int other = index + random.NextInt(order.Length - index);
            (order[index], order[other]) = (order[other], order[index]);
        }

        return order[..sample];
    }

    /// <summary>Cuts a stretch of the rows; returns it as a child.</summary>
    private int Divide(int start, int count, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (count <= 1 || depth >= maximumDepth || DrawCut(rows.AsSpan(start, count), cancellationToken) is not { } cut)
        {
            leaves.Add(depth + IsolationPath.MeanLength(count));
            covers.Add(count);
            return ~(leaves.Count - 1);
        }

        int node = nodes.Count;
        nodes.Add(default);
        int left = Partition(start, count, cut.Feature, cut.Value);
        nodes[node] = new TreeNode(
            cut.Value,
            cut.Feature,
            Divide(start, left, depth + 1, cancellationToken),
            Divide(start + left, count - left, depth + 1, cancellationToken),
            TreeNode.NoCategories,
            MissingLeft: false);
        return node;
    }

    /// <summary>A feature that varies, and a value between its least and its greatest; null when none varies.</summary>
    private (int Feature, double Value)? DrawCut(ReadOnlySpan<int> members, CancellationToken cancellationToken)
    {
        Stack<int> swapped = new();
        (int Feature, double Value)? cut = null;
        for (int tried = 0; tried < shuffled.Length && cut is null; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int other = tried + random.NextInt(shuffled.Length - tried);
            (shuffled[tried], shuffled[other]) = (shuffled[other], shuffled[tried]);
            swapped.Push(other);
            (double low, double high) = Range(matrix.Column(shuffled[tried]), members);
            if (high > low)
            {
                // A draw that rounds to the greatest value would leave nothing on the right.
                double value = low + (random.NextDouble() * (high - low));
                cut = (shuffled[tried], value < high ? value : low);
            }
        }

        // Undone, for to begin with a new order at every cut would take as long as there are features.
        while (swapped.TryPop(out int other))
        {
            (shuffled[swapped.Count], shuffled[other]) = (shuffled[other], shuffled[swapped.Count]);
        }

        return cut;
    }

    private static (double Low, double High) Range(ReadOnlySpan<double> column, ReadOnlySpan<int> members)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (int row in members)
        {
            low = Math.Min(low, column[row]);
            high = Math.Max(high, column[row]);
        }

        return (low, high);
    }

    private int Partition(int start, int count, int feature, double value)
    {
        ReadOnlySpan<double> column = matrix.Column(feature);
        Span<int> part = rows.AsSpan(start, count);
        int left = 0;
        for (int index = 0; index < part.Length; index++)
        {
            if (column[part[index]] <= value)
            {
                (part[left], part[index]) = (part[index], part[left]);
                left++;
            }
        }

        return left;
    }
}
