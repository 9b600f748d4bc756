using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Cannot delete what a condition holds for, as when the store is away.</summary>
internal sealed class FailingBlobStore(IBlobStore inner, Func<string, bool> fails) : IBlobStore
{
    public Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken) => inner.OpenReadAsync(container, path, cancellationToken);

    public Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken) =>
        inner.WriteAsync(container, path, content, overwrite, cancellationToken);

    public Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAsync(container, path, content, cancellationToken);

    public Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAtAsync(container, path, position, content, cancellationToken);

    public Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken) => inner.StatAsync(container, path, cancellationToken);

    public IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken) => inner.ListAsync(container, prefix, cancellationToken);

    public Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken) =>
        fails(path) ? throw new IOException("The store is away.") : inner.DeleteAsync(container, path, cancellationToken);
}
