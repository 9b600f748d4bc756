using System.Buffers;
using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>The training rows and how many of them vote.</summary>
internal sealed class NearestNeighborsModel : IModel
{
    private const int MaximumClasses = 100_000;

    private readonly INeighborIndex points;
    private readonly Votes votes;
    private readonly int neighbors;
    private readonly bool byDistance;

    public NearestNeighborsModel(string learner, INeighborIndex points, Votes votes, int neighbors, bool byDistance)
    {
        Learner = learner;
        this.points = points;
        this.votes = votes;
        this.neighbors = Math.Min(neighbors, points.Count);
        this.byDistance = byDistance;
    }

    public string Learner { get; }

    public int FeatureCount => points.Width;

    public int OutputCount => Math.Max(votes.ClassCount, 1);

    /// <summary>Rows that are measured side by side take an eighth of the time each.</summary>
    public long WorkPerRow => (long)votes.Labels.Length * Math.Max(FeatureCount, 1) / 8;

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        Span<double> distances = stackalloc double[neighbors];
        Span<int> found = stackalloc int[neighbors];
        points.Find(row[..FeatureCount], neighbors, distances, found);
        Vote(distances, found, output[..OutputCount]);
    }

    public void PredictRows(ReadOnlySpan<double> rows, Span<double> outputs)
    {
        int count = outputs.Length / OutputCount;
        double[] distances = ArrayPool<double>.Shared.Rent(count * neighbors);
        int[] found = ArrayPool<int>.Shared.Rent(count * neighbors);
        points.Find(rows, neighbors, distances.AsSpan(0, count * neighbors), found.AsSpan(0, count * neighbors));
        for (int row = 0; row < count; row++)
        {
            Vote(distances.AsSpan(row * neighbors, neighbors), found.AsSpan(row * neighbors, neighbors), outputs.Slice(row * OutputCount, OutputCount));
        }

        ArrayPool<double>.Shared.Return(distances);
        ArrayPool<int>.Shared.Return(found);
    }

    private void Vote(ReadOnlySpan<double> distances, ReadOnlySpan<int> found, Span<double> sums)
    {
        sums.Clear();
        double total = 0;
        for (int index = 0; index < found.Length; index++)
        {
            double vote = votes.Weights[found[index]] * Strength(distances[index], distances[0]);
            double label = votes.Labels[found[index]];
            total += vote;
            sums[votes.ClassCount == 0 ? 0 : (int)label] += votes.ClassCount == 0 ? vote * label : vote;
        }

        foreach (ref double sum in sums)
        {
            sum /= total;
        }
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(neighbors);
        writer.WriteInt32(byDistance ? 1 : 0);
        writer.WriteInt32(votes.ClassCount);
        writer.WriteDoubles(votes.Labels);
        writer.WriteDoubles(votes.Weights);
        points.Write(writer);
    }

    public static NearestNeighborsModel Read(string learner, SectionReader reader)
    {
        int voting = reader.ReadInt32("neighbors", 1, NeighborTree.MaximumNeighbors);
        bool weighs = reader.ReadInt32("distance weights", 0, 1) == 1;
        int classCount = reader.ReadInt32("classes", 0, MaximumClasses);
        double[] labels = reader.ReadDoubles();
        double[] weights = reader.ReadFiniteDoubles("weights", labels.Length);
        bool fits = Array.TrueForAll(labels, label => double.IsFinite(label) && (classCount == 0 || (label >= 0 && label < classCount)))
            && Array.TrueForAll(weights, weight => weight > 0);
        INeighborIndex read = NeighborIndexes.Read(reader);
        return fits && read.Count == labels.Length
            ? new NearestNeighborsModel(learner, read, new Votes(classCount, labels, weights), voting, weighs)
            : throw reader.Invalid("there must be one label and one weight per point");
    }

    // By distance, a row in the very same place outvotes all that are elsewhere.
    private double Strength(double squared, double nearest)
    {
        if (!byDistance)
        {
            return 1;
        }

        // Relative to the nearest, so that no distance is too small to divide by.
        return nearest == 0 ? (squared == 0 ? 1 : 0) : Math.Sqrt(nearest / squared);
    }
}
