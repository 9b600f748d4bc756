using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>A blob that is being downloaded: reads forward, and knows its length.</summary>
/// <remarks>What breaks off and cannot be resumed, because the blob was replaced meanwhile, is unavailable, never short.</remarks>
internal sealed class BlobDownload(Stream content, long length) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await StorageCalls.RunAsync(() => content.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Count(content.Read(buffer, offset, count), count);
        }
        catch (Exception failure) when (StorageCalls.IsOfTheService(failure, CancellationToken.None))
        {
            throw StorageCalls.Unavailable(failure);
        }
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read, int wanted)
    {
        position += read;
        return read > 0 || wanted == 0 || position == length
            ? read
            : throw new StorageUnavailableException($"The download ended after {position} of {length} bytes.");
    }
}
