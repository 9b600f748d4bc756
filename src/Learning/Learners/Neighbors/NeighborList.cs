using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>Points that are all looked at, four queries at a time. Immutable and thread safe.</summary>
/// <remarks>
/// With more than some fifteen features a tree rules out hardly any part of the points (Weber, Schek and Blott, A quantitative
/// analysis and performance study for similarity-search methods in high-dimensional spaces, VLDB 1998; scikit-learn draws the line there
/// too). Distances by way of products are only bounds: what might be near is measured again, difference by difference.
/// </remarks>
internal sealed class NeighborList : INeighborIndex
{
    /// <summary>Features from which on a list is faster than a tree (scikit-learn's).</summary>
    public const int LeastWidth = 16;

    /// <summary>Panels that all queries look at before the next: 64 of 28 features fill a third of a level-2 cache.</summary>
    private const int PanelsAtOnce = 64;

    /// <summary>A rounding error of one operation, relative to its result.</summary>
    private const double Rounding = 1.1102230246251565e-16;

    /// <summary>Roundings of a feature on both ways to a distance: products, two squared lengths, differences and their squares, and sums of all.</summary>
    private const int RoundingsPerFeature = 8;

    private readonly RowPanels points;

    /// <param name="points">All points, row by row.</param>
    public NeighborList(RowPanels points) => this.points = points;

    public int Width => points.Width;

    public int Count => points.Count;

    public void Find(ReadOnlySpan<double> queries, int wanted, Span<double> distances, Span<int> found)
    {
        int count = found.Length / wanted;
        int room = RowPanels.RoomFor(count);
        double[] rented = ArrayPool<double>.Shared.Rent(((count + room + 1) * Width) + room);
        Span<double> present = rented.AsSpan(0, count * Width);
        Span<double> factors = rented.AsSpan(present.Length, room * Width);
        Span<double> squares = rented.AsSpan(present.Length + factors.Length, room);
        Span<double> scratch = rented.AsSpan(present.Length + factors.Length + room, Width);
        for (int index = 0; index < present.Length; index++)
        {
            present[index] = double.IsNaN(queries[index]) ? 0 : queries[index];
        }

        RowPanels.Prepare(present, Width, factors, squares);
        NearestRows.Clear(distances, found);
        for (int first = 0; first < points.PanelCount; first += PanelsAtOnce)
        {
            int end = Math.Min(points.PanelCount, first + PanelsAtOnce);
            for (int query = 0; query < count; query += RowPanels.Points)
            {
                int taken = Math.Min(RowPanels.Points, count - query);
                Group group = new(
                    present.Slice(query * Width, taken * Width),
                    factors.Slice(query * Width, RowPanels.Points * Width),
                    squares.Slice(query, RowPanels.Points),
                    distances.Slice(query * wanted, taken * wanted),
                    found.Slice(query * wanted, taken * wanted),
                    wanted);
                Look(group, first, end, scratch);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    public void Write(SectionWriter writer)
    {
        double[] rows = new double[checked(Count * Width)];
        for (int row = 0; row < Count; row++)
        {
            points.CopyRow(row, rows.AsSpan(row * Width, Width));
        }

        NeighborIndexes.Write(writer, Width, [.. Enumerable.Range(0, Count)], [], [], rows);
    }

    /// <summary>Offers the points of some panels to four queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look(Group group, int firstPanel, int endPanel, Span<double> scratch)
    {
        Span<Vector512<double>> measured = stackalloc Vector512<double>[RowPanels.Points];
        double slack = RoundingsPerFeature * (Width + 4) * Rounding;
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            Vector512<double> norms = points.Norms[panel];
            ulong present = (1UL << Math.Min(RowPanels.Lanes, Count - (panel * RowPanels.Lanes))) - 1;
            RowPanels.Measure(points.Panel(panel), group.Factors, group.Squares, measured);
            for (int query = 0; query < group.Distances.Length / group.Wanted; query++)
            {
                // Not a number, where squares overflow, is not far.
                Vector512<double> least = measured[query] + norms - (slack * (norms + Vector512.Create(group.Squares[query])));
                Vector512<double> worst = Vector512.Create(group.Distances[((query + 1) * group.Wanted) - 1]);
                ulong near = ~Vector512.GreaterThan(least, worst).ExtractMostSignificantBits() & present;
                for (; near != 0; near &= near - 1)
                {
                    Offer(group, query, (panel * RowPanels.Lanes) + BitOperations.TrailingZeroCount(near), scratch);
                }
            }
        }
    }

    private void Offer(Group group, int query, int row, Span<double> scratch)
    {
        points.CopyRow(row, scratch);
        double distance = Vectors.SquaredDistance(group.Queries.Slice(query * Width, Width), scratch);
        NearestRows.Offer(distance, row, group.Distances.Slice(query * group.Wanted, group.Wanted), group.Found.Slice(query * group.Wanted, group.Wanted));
    }

    /// <summary>Queries that are answered together.</summary>
    private readonly ref struct Group(ReadOnlySpan<double> queries, ReadOnlySpan<double> factors, ReadOnlySpan<double> squares, Span<double> distances, Span<int> found, int wanted)
    {
        public ReadOnlySpan<double> Queries { get; } = queries;

        public ReadOnlySpan<double> Factors { get; } = factors;

        public ReadOnlySpan<double> Squares { get; } = squares;

        public Span<double> Distances { get; } = distances;

        public Span<int> Found { get; } = found;

        public int Wanted { get; } = wanted;
    }
}
