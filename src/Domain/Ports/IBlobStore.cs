namespace Trainyard.Domain.Ports;

/// <summary>Large content by container and path (<c>tenant/dataset/1.csv</c>). Thread safe.</summary>
/// <remarks>A write is visible whole or not at all, and durable when it returned; <see cref="AppendAsync"/> and <see cref="AppendAtAsync"/> are atomic per call.</remarks>
public interface IBlobStore
{
    /// <summary>Opens a blob for reading from the start; null when there is none.</summary>
    Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken);

    /// <summary>Opens a stretch of a blob for reading; null when there is no blob. It ends early when the blob does.</summary>
    /// <remarks>A store that cannot begin anywhere reads over what is before.</remarks>
    /// <param name="container">The container.</param>
    /// <param name="path">The blob's path.</param>
    /// <param name="start">Index of the first byte, at least 0.</param>
    /// <param name="length">Bytes at most, at least 1.</param>
    /// <param name="cancellationToken">Cancels the call; reading takes a token of its own.</param>
    async Task<Stream?> OpenRangeAsync(string container, string path, long start, long length, CancellationToken cancellationToken) =>
        await OpenReadAsync(container, path, cancellationToken) is { } whole ? await BlobRange.OfAsync(whole, start, length, cancellationToken) : null;

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

    /// <summary>Appends to a blob that has exactly so many bytes. For one writer per blob it makes appends repeatable.</summary>
    /// <remarks>
    /// After a failure nobody knows whether the bytes arrived. A repeat at the same position answers false when they did, and then
    /// <see cref="StatAsync"/> tells a length of <paramref name="position"/> and the bytes; so nothing is there twice.
    /// </remarks>
    /// <param name="container">The container.</param>
    /// <param name="path">The blob's path.</param>
    /// <param name="position">Bytes that the blob must have; 0 for one that is empty or absent, which is then created.</param>
    /// <param name="content">What is appended, whole or not at all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False, and nothing changed, when the blob has another length or is absent.</returns>
    /// <exception cref="BlobStoreException">The path is invalid.</exception>
    Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Length and ETag; null when there is none.</summary>
    Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken);

    /// <summary>All blobs whose path starts with <paramref name="prefix"/>, in ordinal order of path.</summary>
    IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; false when there was none.</summary>
    Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken);
}
