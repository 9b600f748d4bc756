using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>Points to find the nearest of. Immutable and thread safe.</summary>
internal interface INeighborIndex
{
    /// <summary>Values of a point.</summary>
    int Width { get; }

    /// <summary>The number of points.</summary>
    int Count { get; }

    /// <summary>Finds the nearest points of several queries without allocating once warm.</summary>
    /// <param name="queries">Query by query, <see cref="Width"/> values each; a missing one counts as 0, the mean of a standardised feature.</param>
    /// <param name="wanted">How many of each query's; at most <see cref="Count"/>.</param>
    /// <param name="distances">Receives squared distances, ascending, <paramref name="wanted"/> per query.</param>
    /// <param name="found">Receives the rows they belong to, of equal distances the lower first.</param>
    void Find(ReadOnlySpan<double> queries, int wanted, Span<double> distances, Span<int> found);

    void Write(SectionWriter writer);
}
