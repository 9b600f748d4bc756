using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Serving;

/// <summary>Counts how often blobs are opened, and fails to when it is told so.</summary>
internal sealed class CountingBlobStore(IBlobStore inner) : IBlobStore
{
    private int reads;

    public bool Fails { get; set; }

    public int Reads => Volatile.Read(ref reads);

    public Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return Fails ? throw new StorageUnavailableException("The store is away.") : inner.OpenReadAsync(container, path, cancellationToken);
    }

    public Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken) =>
        inner.WriteAsync(container, path, content, overwrite, cancellationToken);

    public Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAsync(container, path, content, cancellationToken);

    public Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAtAsync(container, path, position, content, cancellationToken);

    public Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken) => inner.StatAsync(container, path, cancellationToken);

    public IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken) => inner.ListAsync(container, prefix, cancellationToken);

    public Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken) => inner.DeleteAsync(container, path, cancellationToken);
}
