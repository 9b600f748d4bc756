using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Data;

/// <summary>A list that grows, and takes over the items of another, without copying what it holds.</summary>
internal sealed class SegmentedList<T>(int capacity)
{
    private const int FirstSegment = 16;
    private const int LargestSegment = 64 * 1024;

    private readonly List<ArraySegment<T>> full = [];
    private T[] segment = capacity == 0 ? [] : GC.AllocateUninitializedArray<T>(capacity);
    private int used;
    private int before;

    public int Count => before + used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if (used == segment.Length)
        {
            Grow();
        }

        segment[used++] = item;
    }

    /// <summary>Room for this many items in one stretch, to be filled by the caller; they count as added.</summary>
    public Span<T> Extend(int count)
    {
        if (count > segment.Length - used)
        {
            Close();
            segment = GC.AllocateUninitializedArray<T>(Math.Max(count, FirstSegment));
        }

        used += count;
        return segment.AsSpan(used - count, count);
    }

    /// <summary>Appends the items of <paramref name="other"/>, which is not to be used any more.</summary>
    public void Absorb(SegmentedList<T> other)
    {
        Close();
        other.Close();
        full.AddRange(other.full);
        before += other.before;
    }

    /// <summary>All items, in one array of just their number.</summary>
    public T[] ToArray()
    {
        T[] all = GC.AllocateUninitializedArray<T>(Count);
        int position = 0;
        foreach (ArraySegment<T> each in full)
        {
            each.AsSpan().CopyTo(all.AsSpan(position));
            position += each.Count;
        }

        segment.AsSpan(0, used).CopyTo(all.AsSpan(position));
        return all;
    }

    private void Grow()
    {
        int size = Math.Clamp(2 * segment.Length, FirstSegment, LargestSegment);
        Close();
        segment = GC.AllocateUninitializedArray<T>(size);
    }

    private void Close()
    {
        if (used > 0)
        {
            full.Add(new ArraySegment<T>(segment, 0, used));
            before += used;
        }

        (segment, used) = ([], 0);
    }
}
