using Trainyard.Domain.Ports;
using Trainyard.Learning.Streams;

namespace Trainyard.Functions.Storage;

/// <summary>A blob that is being downloaded: reads forward, and knows its length.</summary>
/// <remarks>What breaks off and cannot be resumed, because the blob was replaced meanwhile, is unavailable, never short.</remarks>
internal sealed class BlobDownload(Stream content, long length) : ReadOnlyStream
{
    private long position;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await StorageCalls.RunAsync(() => content.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken), buffer.Length);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(content.Read(buffer), buffer.Length);
        }
        catch (Exception failure) when (StorageCalls.IsOfTheService(failure, CancellationToken.None))
        {
            throw StorageCalls.Unavailable(failure);
        }
    }

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
