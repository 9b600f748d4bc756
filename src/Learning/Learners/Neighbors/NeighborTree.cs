using Trainyard.Learning.Binary;
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
internal sealed class NeighborTree
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

    private NeighborTree(int width, double[] points, int[] rows, int[] features, double[] medians)
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
            matrix.CopyRow(order[index], packed.AsSpan(index * matrix.FeatureCount, matrix.FeatureCount));
        }

        return new NeighborTree(matrix.FeatureCount, packed, order, splits, cuts);
    }

    /// <summary>Finds the nearest points without allocating.</summary>
    /// <param name="query">One value per feature; a missing one counts as 0, the mean of a standardised feature.</param>
    /// <param name="distances">Receives squared distances, ascending; its length is the number wanted.</param>
    /// <param name="found">Receives the rows they belong to, of equal distances the lower first.</param>
    /// <returns>How many there are.</returns>
    public int Find(ReadOnlySpan<double> query, Span<double> distances, Span<int> found)
    {
        Span<Part> open = stackalloc Part[StackDepth];
        Span<double> bounds = stackalloc double[StackDepth];
        open[0] = new Part(0, 0, rows.Length);
        int depth = 1;
        int count = 0;
        while (depth > 0)
        {
            depth--;
            Part part = open[depth];
            if (count == distances.Length && bounds[depth] > distances[count - 1])
            {
                continue;
            }

            if (part.Count <= PointsPerLeaf || width == 0)
            {
                count = Look(query, part, distances, found, count);
                continue;
            }

            double value = query[features[part.Node]];
            double side = (double.IsNaN(value) ? 0 : value) - medians[part.Node];
            bounds[depth + 1] = bounds[depth];
            bounds[depth] = Math.Max(bounds[depth], side * side);
            (open[depth], open[depth + 1]) = side < 0 ? (part.Right, part.Left) : (part.Left, part.Right);
            depth += 2;
        }

        return count;
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(width);
        writer.WriteInt32s(rows);
        writer.WriteInt32s(features);
        writer.WriteDoubles(medians);
        writer.WriteDoubles(points);
    }

    public static NeighborTree Read(SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        int[] order = reader.ReadInt32s();
        int[] splits = reader.ReadInt32s();
        double[] cuts = reader.ReadDoubles();
        if (order.Length == 0 || Array.Exists(order, row => row < 0 || row >= order.Length) || (long)featureCount * order.Length > int.MaxValue)
        {
            throw reader.Invalid("the points name rows that are not there");
        }

        bool fits = splits.Length == NodesFor(order.Length) && cuts.Length == splits.Length && Array.TrueForAll(cuts, double.IsFinite)
            && (featureCount == 0 || Array.TrueForAll(splits, feature => feature >= 0 && feature < featureCount));
        return fits
            ? new NeighborTree(featureCount, reader.ReadFiniteDoubles("points", featureCount * order.Length), order, splits, cuts)
            : throw reader.Invalid("the halves of the points do not fit their number");
    }

    private static int NodesFor(int points)
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
        int feature = Widest(matrix, own);
        double[] keys = new double[own.Length];
        ReadOnlySpan<double> column = matrix.Column(feature);
        for (int index = 0; index < keys.Length; index++)
        {
            keys[index] = column[own[index]];
        }

        keys.AsSpan().Sort(own);
        splits[part.Node] = feature;
        cuts[part.Node] = keys[part.Left.Count];
        Divide(matrix, order, part.Left, splits, cuts, cancellationToken);
        Divide(matrix, order, part.Right, splits, cuts, cancellationToken);
    }

    private static int Widest(FeatureMatrix matrix, ReadOnlySpan<int> own)
    {
        int widest = 0;
        double most = -1;
        for (int feature = 0; feature < matrix.FeatureCount; feature++)
        {
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

    private int Look(ReadOnlySpan<double> query, Part part, Span<double> distances, Span<int> found, int count)
    {
        for (int index = part.First; index < part.First + part.Count; index++)
        {
            double distance = Vectors.SquaredDistance(query[..width], points.AsSpan(index * width, width));
            int row = rows[index];
            if (count == distances.Length && !IsNearer(distance, row, distances[count - 1], found[count - 1]))
            {
                continue;
            }

            int place = count < distances.Length ? count++ : count - 1;
            while (place > 0 && IsNearer(distance, row, distances[place - 1], found[place - 1]))
            {
                distances[place] = distances[place - 1];
                found[place] = found[place - 1];
                place--;
            }

            distances[place] = distance;
            found[place] = row;
        }

        return count;
    }

    private static bool IsNearer(double distance, int row, double otherDistance, int otherRow) =>
        distance < otherDistance || (distance == otherDistance && row < otherRow);

    /// <summary>A node's stretch of the points.</summary>
    private readonly record struct Part(int Node, int First, int Count)
    {
        public Part Left => new((2 * Node) + 1, First, Count / 2);

        public Part Right => new((2 * Node) + 2, First + (Count / 2), Count - (Count / 2));
    }
}
