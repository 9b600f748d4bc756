namespace Trainyard.Domain.Ports;

/// <summary>Large content by container and path (<c>tenant/dataset/1.csv</c>). Thread safe.</summary>
/// <remarks>A write is visible whole or not at all, and durable when it returned; <see cref="AppendAsync"/> is atomic per call.</remarks>
public interface IBlobStore
{
    /// <summary>Opens a blob for reading from the start; null when there is none.</summary>
    Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken);

    /// <summary>Writes a blob from <paramref name="content"/>.</summary>
    /// <param name="container">The container.</param>
    /// <param name="path">Relative path with forward slashes; no empty, <c>.</c> or <c>..</c> segment.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="overwrite">False: create only.</param>
    /// <param name="cancellationToken">Leaves no trace when it fires before the write is whole.</param>
    /// <exception cref="BlobStoreException">The blob exists and <paramref name="overwrite"/> is false, or the path is invalid.</exception>
    Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken);

    /// <summary>Appends to a blob, which is created when absent.</summary>
    /// <exception cref="BlobStoreException">The path is invalid.</exception>
    Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Length and ETag; null when there is none.</summary>
    Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken);

    /// <summary>All blobs whose path starts with <paramref name="prefix"/>, in ordinal order of path.</summary>
    IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; false when there was none.</summary>
    Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken);
}
