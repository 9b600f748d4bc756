using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>Holds the next write of one file up until it is let through, and counts how often it is read; everything else passes.</summary>
internal sealed class GatedBlobStore(IBlobStore inner, string fileName) : IBlobStore, IDisposable
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int held;
    private int reads;

    public int Reads => Volatile.Read(ref reads);

    /// <summary>Completes when the write that is held up has come.</summary>
    public Task Reached => reached.Task;

    public void HoldNext() => Volatile.Write(ref held, 1);

    public void Open() => opened.SetResult();

    public async Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken)
    {
        if (path.EndsWith(fileName, StringComparison.Ordinal) && Interlocked.Exchange(ref held, 0) == 1)
        {
            reached.SetResult();
            await opened.Task;
        }

        return await inner.WriteAsync(container, path, content, overwrite, cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken)
    {
        if (path.EndsWith(fileName, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref reads);
        }

        return inner.OpenReadAsync(container, path, cancellationToken);
    }

    public Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAsync(container, path, content, cancellationToken);

    public Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.AppendAtAsync(container, path, position, content, cancellationToken);

    public Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken) => inner.StatAsync(container, path, cancellationToken);

    public IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken) => inner.ListAsync(container, prefix, cancellationToken);

    public Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken) => inner.DeleteAsync(container, path, cancellationToken);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
