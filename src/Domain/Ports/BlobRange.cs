using System.Buffers;
using Trainyard.Learning.Streams;

namespace Trainyard.Domain.Ports;

/// <summary>A stretch of a stream. Disposing it disposes the stream.</summary>
public sealed class BlobRange : ReadOnlyStream
{
    private const int SkipBytes = 128 * 1024;

    private readonly Stream whole;
    private long left;

    private BlobRange(Stream whole, long length) => (this.whole, left) = (whole, length);

    /// <summary>The stretch that begins at <paramref name="start"/>: sought where the stream can, else what is before is read over.</summary>
    /// <param name="whole">At its beginning; disposed with the stretch, or when this throws.</param>
    /// <param name="start">Bytes to leave out.</param>
    /// <param name="length">Bytes at most.</param>
    /// <param name="cancellationToken">Observed while reading over.</param>
    public static async Task<Stream> OfAsync(Stream whole, long start, long length, CancellationToken cancellationToken)
    {
        try
        {
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
            if (whole.CanSeek)
            {
                whole.Position = start;
            }
            else
            {
                await SkipAsync(whole, start, cancellationToken);
            }

            return new BlobRange(whole, length);
        }
        catch
        {
            await whole.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = whole.Read(buffer[..Wanted(buffer.Length)]);
        left -= read;
        return read;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await whole.ReadAsync(buffer[..Wanted(buffer.Length)], cancellationToken);
        left -= read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            whole.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task SkipAsync(Stream whole, long count, CancellationToken cancellationToken)
    {
        byte[] passed = ArrayPool<byte>.Shared.Rent(SkipBytes);
        try
        {
            while (count > 0)
            {
                int read = await whole.ReadAsync(passed.AsMemory(0, (int)Math.Min(count, passed.Length)), cancellationToken);
                if (read == 0)
                {
                    return;
                }

                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(passed);
        }
    }

    private int Wanted(int room) => (int)Math.Min(left, room);
}
