using System.Threading.Channels;

namespace Trainyard.Domain.Serving;

/// <summary>Work that requests leave for after their answer. Bounded by count and by bytes: what finds no room is refused at once, never waited for. Thread safe; one reader.</summary>
/// <param name="maxWaiting">Items that may wait.</param>
/// <param name="maxWaitingBytes">Bytes that they may hold together.</param>
internal sealed class SideQueue<T>(int maxWaiting, long maxWaitingBytes)
    where T : class
{
    private readonly Channel<T> waiting = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
    private long count;
    private long bytes;

    /// <summary>Items that have room.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Bytes that they hold.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Takes room for an item, before anything is copied for it: under a flood this is what costs the least.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryReserve(long size)
    {
        if (Interlocked.Add(ref bytes, size) <= maxWaitingBytes)
        {
            if (Interlocked.Increment(ref count) <= maxWaiting)
            {
                return true;
            }

            Interlocked.Decrement(ref count);
        }

        Interlocked.Add(ref bytes, -size);
        return false;
    }

    /// <summary>Adds an item that has room.</summary>
    public void Add(T item) => waiting.Writer.TryWrite(item);

    /// <summary>Gives back the room of an item that was worked off, or will not be added.</summary>
    public void Release(long size)
    {
        Interlocked.Add(ref bytes, -size);
        Interlocked.Decrement(ref count);
    }

    /// <summary>Items in the order in which they came, until it is cancelled; their reader gives back their room.</summary>
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken) => waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>The next item that waits; false when none does.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? item) => waiting.Reader.TryRead(out item);
}
