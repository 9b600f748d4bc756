namespace Trainyard.Learning.Tests;

/// <summary>What work allocates on the calling thread, to the byte.</summary>
internal static class Allocations
{
    /// <summary>
    /// Bytes that <paramref name="work"/> allocates. Collects first: a thread owns a block of 8 KiB that it fills bit by
    /// bit, and a concurrent collection that another test causes takes the block away and counts its free rest as
    /// allocated. After a collection the thread owns none, so nothing but an allocation of its own moves the count.
    /// </summary>
    /// <param name="work">Called before as often as it takes to be compiled and initialised.</param>
    public static long Of(Action work)
    {
        GC.Collect(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
