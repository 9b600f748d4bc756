using Trainyard.Learning.Streams;

namespace Trainyard.Functions.Storage;

/// <summary>A caller's stream on its way to the service: counts what is read, and tells the caller's failures from the service's.</summary>
internal sealed class UploadContent(Stream content) : ReadOnlyStream
{
    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether a read failed; its exception is the caller's own.</summary>
    public bool Failed { get; private set; }

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Failed = true;
        int read = await content.ReadAsync(buffer, cancellationToken);
        Failed = false;
        BytesRead += read;
        return read;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Uploads read asynchronously.");
}
