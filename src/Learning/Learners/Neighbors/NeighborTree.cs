using Trainyard.Learning.Binary;
using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>Points in a balanced k-d tree. Immutable and thread safe.</summary>
/// <remarks>
/// Source: Friedman, Bentley and Finkel, An algorithm for finding best matches in logarithmic expected time, ACM TOMS 3,
/// 1977. Each node halves its points at the median of the feature that spreads most, so that the shape follows from the
/// number of points, and only features and medians are kept, in preorder of a complete tree: node n's halves are 2n + 1
/// and 2n + 2.
/// </remarks>
internal sealed class NeighborTree : INeighborIndex
{
    /// <summary>So that what one query remembers fits the stack.</summary>
    public const int MaximumNeighbors = 1000;

    private const int PointsPerLeaf = 16;

    /// <summary>Each step down leaves at most one half behind, and halves of 2³¹ points end after 31 steps.</summary>
    private const int StackDepth = 40;

    private readonly int width;
    private readonly double[] points;
    private readonly int[] rows;
    private readonly int[] features;
    private readonly double[] medians;

    /// <param name="width">Values of a point.</param>
    /// <param name="points">Point by point, in the order of the leaves.</param>
    /// <param name="rows">Which row each point is.</param>
    /// <param name="features">By node, the feature that it halves; <see cref="NodesFor"/> of them.</param>
    /// <param name="medians">By node, where.</param>
    internal NeighborTree(int width, double[] points, int[] rows, int[] features, double[] medians)
    {
        this.width = width;
        this.points = points;
        this.rows = rows;
        this.features = features;
        this.medians = medians;
    }

    public int Width => width;

    public int Count => rows.Length;

    public static NeighborTree Build(FeatureMatrix matrix, CancellationToken cancellationToken)
    {
        int count = matrix.RowCount;
        int[] order = [.. Enumerable.Range(0, count)];
        int[] splits = new int[NodesFor(count)];
        double[] cuts = new double[splits.Length];
        Divide(matrix, order, new Part(0, 0, count), splits, cuts, cancellationToken);
        double[] packed = new double[checked(count * matrix.FeatureCount)];
        for (int index = 0; index < count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            matrix.CopyRow(order[index], packed.AsSpan(index * matrix.FeatureCount, matrix.FeatureCount));
        }

        return new NeighborTree(matrix.FeatureCount, packed, order, splits, cuts);
    }

    public void Find(ReadOnlySpan<double> queries, int wanted, Span<double> distances, Span<int> found)
    {
        for (int query = 0; query < found.Length / wanted; query++)
        {
            FindOne(queries.Slice(query * width, width), distances.Slice(query * wanted, wanted), found.Slice(query * wanted, wanted));
        }
    }

    private void FindOne(ReadOnlySpan<double> query, Span<double> distances, Span<int> found)
    {
        NearestRows.Clear(distances, found);
        Span<Part> open = stackalloc Part[StackDepth];
        Span<double> bounds = stackalloc double[StackDepth];
        open[0] = new Part(0, 0, rows.Length);
        int depth = 1;
        while (depth > 0)
        {
            depth--;
            Part part = open[depth];
            if (bounds[depth] > distances[^1])
            {
                continue;
            }

            if (part.Count <= PointsPerLeaf || width == 0)
            {
                Look(query, part, distances, found);
                continue;
            }

            double value = query[features[part.Node]];
            double side = (double.IsNaN(value) ? 0 : value) - medians[part.Node];
            bounds[depth + 1] = bounds[depth];
            bounds[depth] = Math.Max(bounds[depth], side * side);
            (open[depth], open[depth + 1]) = side < 0 ? (part.Right, part.Left) : (part.Left, part.Right);
            depth += 2;
        }
    }

    public void Write(SectionWriter writer) => NeighborIndexes.Write(writer, width, rows, features, medians, points);

    /// <summary>How many nodes halve so many points.</summary>
    internal static int NodesFor(int points)
    {
        long nodes = 0;
        for (long level = 1, largest = points; largest > PointsPerLeaf; level *= 2, largest = (largest + 1) / 2)
        {
            nodes += level;
        }

        return checked((int)nodes);
    }

    private static void Divide(FeatureMatrix matrix, int[] order, Part part, int[] splits, double[] cuts, CancellationToken cancellationToken)
    {
        if (part.Count <= PointsPerLeaf || matrix.FeatureCount == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        Span<int> own = order.AsSpan(part.First, part.Count);
        int feature = Widest(matrix, own, cancellationToken);
        double[] keys = new double[own.Length];
        ReadOnlySpan<double> column = matrix.Column(feature);
        for (int index = 0; index < keys.Length; index++)
        {
            keys[index] = column[own[index]];
        }

        CancellableSort.Sort(keys.AsSpan(), own, cancellationToken);
        splits[part.Node] = feature;
        cuts[part.Node] = keys[part.Left.Count];
        Divide(matrix, order, part.Left, splits, cuts, cancellationToken);
        Divide(matrix, order, part.Right, splits, cuts, cancellationToken);
    }

    private static int Widest(FeatureMatrix matrix, ReadOnlySpan<int> own, CancellationToken cancellationToken)
    {
        int widest = 0;
        double most = -1;
        for (int feature = 0; feature < matrix.FeatureCount; feature++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> column = matrix.Column(feature);
            double low = double.PositiveInfinity;
            double high = double.NegativeInfinity;
            foreach (int row in own)
            {
                low = Math.Min(low, column[row]);
                high = Math.Max(high, column[row]);
            }

            if (high - low > most)
            {
                (widest, most) = (feature, high - low);
            }
        }

        return widest;
    }

    private void Look(ReadOnlySpan<double> query, Part part, Span<double> distances, Span<int> found)
    {
        for (int index = part.First; index < part.First + part.Count; index++)
        {
            NearestRows.Offer(Vectors.SquaredDistance(query, points.AsSpan(index * width, width)), rows[index], distances, found);
        }
    }

    /// <summary>A node's stretch of the points.</summary>
    private readonly record struct Part(int Node, int First, int Count)
    {
        public Part Left => new((2 * Node) + 1, First, Count / 2);

        public Part Right => new((2 * Node) + 2, First + (Count / 2), Count - (Count / 2));
    }
}
