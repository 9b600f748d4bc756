using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Blobs in Azure Blob storage, all block blobs; the first write creates a container.</summary>
/// <remarks>
/// A write shows when its blocks are committed. While a content over <see cref="BlockUpload.BlockBytes"/> is on its way,
/// another write to the same path discards its blocks: then the slower one is unavailable and may be tried again.
/// Listings come in the service's order, which is ordinal; only names beyond the basic plane are not documented to be so.
/// </remarks>
/// <param name="service">The account.</param>
/// <param name="pageSize">Blobs that one call lists, up to the service's 5,000.</param>
internal sealed class BlockBlobStore(BlobServiceClient service, int pageSize = BlockBlobStore.DefaultPageSize) : IBlobStore
{
    private const int DefaultPageSize = 1000;
    private const int RangeNotSatisfiable = 416;
    private const string Stamp = "writtenby";
    private readonly BlobTurns turns = new();

    /// <inheritdoc />
    public async Task<Stream?> OpenReadAsync(string container, string path, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Find(container, path).Blob;
        BlobDownloadStreamingResult? download = await StorageCalls.FindAsync<BlobDownloadStreamingResult>(
            async () => await blob.DownloadStreamingAsync(cancellationToken: cancellationToken), cancellationToken);
        return download is null ? null : new BlobDownload(download.Content, download.Details.ContentLength);
    }

    /// <inheritdoc />
    public async Task<Stream?> OpenRangeAsync(string container, string path, long start, long length, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Find(container, path).Blob;
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        BlobDownloadOptions range = new() { Range = new HttpRange(start, length) };
        try
        {
            BlobDownloadStreamingResult? download = await StorageCalls.FindAsync<BlobDownloadStreamingResult>(
                async () => await blob.DownloadStreamingAsync(range, cancellationToken), cancellationToken);
            return download is null ? null : new BlobDownload(download.Content, download.Details.ContentLength);
        }
        catch (StorageUnavailableException refusal) when (refusal.InnerException is RequestFailedException { Status: RangeNotSatisfiable })
        {
            // The blob ends before the stretch begins.
            return Stream.Null;
        }
    }

    /// <inheritdoc />
    public async Task<BlobStat> WriteAsync(string container, string path, Stream content, bool overwrite, CancellationToken cancellationToken)
    {
        (BlobContainerClient folder, BlockBlobClient blob) = Find(container, path);
        ArgumentNullException.ThrowIfNull(content);

        UploadContent measured = new(content);
        string stamp = Guid.NewGuid().ToString("N");
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { [Stamp] = stamp };
        BlobRequestConditions? conditions = overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            BlobContentInfo written = await new BlockUpload(folder, blob).WriteAsync(measured, content.CanSeek ? content.Length - content.Position : null, conditions, metadata, cancellationToken);
            return new BlobStat(path, measured.BytesRead, written.ETag.ToString(), written.LastModified);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // It may be our own first try, whose answer was lost.
            return await FindPropertiesAsync(blob, cancellationToken) is { } found && found.Metadata.TryGetValue(Stamp, out string? by) && by == stamp
                ? StatOf(path, found)
                : throw Exists(refusal);
        }
        catch (Exception failure) when (!measured.Failed && StorageCalls.IsOfTheService(failure, cancellationToken))
        {
            throw StorageCalls.Unavailable(failure);
        }
    }

    /// <inheritdoc />
    public Task AppendAsync(string container, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        AppendAsync(container, path, position: null, content, cancellationToken);

    /// <inheritdoc />
    public Task<bool> AppendAtAsync(string container, string path, long position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return AppendAsync(container, path, (long?)position, content, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<BlobStat?> StatAsync(string container, string path, CancellationToken cancellationToken) =>
        await FindPropertiesAsync(Find(container, path).Blob, cancellationToken) is { } found ? StatOf(path, found) : null;

    /// <inheritdoc />
    public IAsyncEnumerable<BlobStat> ListAsync(string container, string prefix, CancellationToken cancellationToken)
    {
        BlobPath.CheckPrefix(container, prefix);
        return ListPagesAsync(service.GetBlobContainerClient(container), prefix, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> DeleteAsync(string container, string path, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Find(container, path).Blob;
        return await StorageCalls.RunAsync(async () => (await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value, cancellationToken);
    }

    private static Task<BlobProperties?> FindPropertiesAsync(BlockBlobClient blob, CancellationToken cancellationToken) =>
        StorageCalls.FindAsync<BlobProperties>(async () => await blob.GetPropertiesAsync(cancellationToken: cancellationToken), cancellationToken);

    private static BlobStat StatOf(string path, BlobProperties found) => new(path, found.ContentLength, found.ETag.ToString(), found.LastModified);

    private static BlobStoreException Exists(Exception cause) => new(BlobStoreCode.BlobExists, "There is a blob with this path.", cause);

    private async IAsyncEnumerable<BlobStat> ListPagesAsync(
        BlobContainerClient container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            string? after = continuation;
            Page<BlobItem>? page = await StorageCalls.FindAsync(() => ReadPageAsync(container, prefix, after, cancellationToken), cancellationToken);
            foreach (BlobItem item in page?.Values ?? [])
            {
                BlobItemProperties found = item.Properties;
                yield return new BlobStat(item.Name, found.ContentLength ?? 0, found.ETag.ToString()!, found.LastModified ?? default);
            }

            continuation = page?.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuation));
    }

    private async Task<Page<BlobItem>> ReadPageAsync(BlobContainerClient container, string prefix, string? after, CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<Page<BlobItem>> pages = container.GetBlobsAsync(prefix: prefix, cancellationToken: cancellationToken)
            .AsPages(after, pageSize)
            .GetAsyncEnumerator(cancellationToken);
        await pages.MoveNextAsync();
        return pages.Current;
    }

    private async Task<bool> AppendAsync(string container, string path, long? position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        (BlobContainerClient folder, BlockBlobClient blob) = Find(container, path);
        using IDisposable turn = await turns.EnterAsync(container, path, cancellationToken);
        BlockAppend append = new(folder, blob, content, position);
        return await StorageCalls.RunAsync(
            async () =>
            {
                while (!await append.TryAsync(cancellationToken))
                {
                    if (append.IsMisplaced)
                    {
                        return false;
                    }

                    // Somebody else wrote to the blob meanwhile; append to what is there now.
                }

                return true;
            },
            cancellationToken);
    }

    private (BlobContainerClient Container, BlockBlobClient Blob) Find(string container, string path)
    {
        BlobPath.Check(container, path);
        BlobContainerClient folder = service.GetBlobContainerClient(container);
        return (folder, folder.GetBlockBlobClient(path));
    }
}
