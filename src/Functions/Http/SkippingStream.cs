using Trainyard.Learning.Streams;

namespace Trainyard.Functions.Http;

/// <summary>A stream that only reads forward, which a range of it can be asked of: what lies before the range is read and dropped.</summary>
/// <param name="content">At its beginning; knows its length. Disposed with this.</param>
internal sealed class SkippingStream(Stream content) : ReadOnlyStream
{
    private long toSkip;
    private long position;

    public override bool CanSeek => true;

    public override long Length => content.Length;

    public override long Position
    {
        get => position + toSkip;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>The stream itself where it can seek, else one that can seek forward.</summary>
    public static Stream Over(Stream content) => content.CanSeek ? content : new SkippingStream(content);

    /// <summary>Moves forward; what is skipped is read with the next bytes.</summary>
    /// <exception cref="NotSupportedException">The way back is closed.</exception>
    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };
        toSkip = target >= position ? target - position : throw new NotSupportedException("The stream reads forward only.");
        return target;
    }

    public override int Read(Span<byte> buffer)
    {
        while (toSkip > 0 && !buffer.IsEmpty)
        {
            int skipped = content.Read(buffer[..(int)Math.Min(buffer.Length, toSkip)]);
            if (!Skip(skipped))
            {
                return 0;
            }
        }

        return Count(content.Read(buffer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (toSkip > 0 && !buffer.IsEmpty)
        {
            int skipped = await content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, toSkip)], cancellationToken);
            if (!Skip(skipped))
            {
                return 0;
            }
        }

        return Count(await content.ReadAsync(buffer, cancellationToken));
    }

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Counts what was dropped; false at the end.</summary>
    private bool Skip(int read)
    {
        toSkip -= read;
        position += read;
        return read > 0;
    }

    private int Count(int read)
    {
        position += read;
        return read;
    }
}
