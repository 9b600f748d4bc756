using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Trainyard.Functions.Storage;

/// <summary>Appends to a block blob by one more block, committed on the condition that nobody wrote in between.</summary>
/// <remarks>
/// Append blobs would do without reading the list of blocks, but no blob could then be both written whole, as a port's
/// write is, and appended to.
/// </remarks>
/// <param name="container">The blob's container; created when it is not there.</param>
/// <param name="blob">The blob.</param>
/// <param name="content">What is appended.</param>
/// <param name="position">Bytes that the blob must have; null for any number.</param>
internal sealed class BlockAppend(BlobContainerClient container, BlockBlobClient blob, ReadOnlyMemory<byte> content, long? position = null)
{
    // The service's bound on the blocks of a blob; one that is full is written anew in larger blocks.
    private const int MaxBlocks = 50_000;

    private readonly BlockUpload upload = new(container, blob);
    private readonly HashSet<string> staged = new(StringComparer.Ordinal);

    /// <summary>Whether the blob had another length than it must have, so that nothing was appended and nothing will be.</summary>
    internal bool IsMisplaced { get; private set; }

    /// <summary>Tries once; false when somebody else wrote meanwhile, or the blob has another length than it must have.</summary>
    internal async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            (List<string> blocks, long length, ETag? etag) = await ReadBlocksAsync(cancellationToken);

            // An earlier try was applied, and only its answer was lost.
            if (blocks.Exists(staged.Contains))
            {
                return true;
            }

            if (position is not null && position != length)
            {
                IsMisplaced = true;
                return false;
            }

            List<string> added = await upload.StageAsync(new MemoryStream(content.ToArray(), writable: false), content.Length, cancellationToken);
            staged.UnionWith(added);
            if (etag is not null && blocks.Count + added.Count > MaxBlocks)
            {
                blocks = await RestageAsync(etag.Value, cancellationToken);
            }

            await CommitAsync([.. blocks, .. added], etag, cancellationToken);
            return true;
        }
        catch (RequestFailedException refusal) when (IsRace(refusal))
        {
            return false;
        }
    }

    private static bool IsRace(RequestFailedException refusal) =>
        refusal.ErrorCode == BlobErrorCode.ConditionNotMet
        || refusal.ErrorCode == BlobErrorCode.BlobAlreadyExists
        || refusal.ErrorCode == BlobErrorCode.BlobNotFound
        || refusal.ErrorCode == BlobErrorCode.InvalidBlockList;

    // The blocks, their bytes and the ETag that go together; no ETag when there is no blob.
    private async Task<(List<string> Blocks, long Length, ETag? ETag)> ReadBlocksAsync(CancellationToken cancellationToken)
    {
        try
        {
            Response<BlockList> list = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken);
            List<BlobBlock> committed = [.. list.Value.CommittedBlocks];
            if (committed.Count > 0 && committed.TrueForAll(BlockUpload.IsOfOurs))
            {
                return ([.. committed.Select(block => block.Name)], committed.Sum(block => block.SizeLong), list.GetRawResponse().Headers.ETag);
            }

            // Written at once and thus without blocks, or by another program: its bytes become blocks of ours.
            BlobProperties found = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return (await RestageAsync(found.ETag, cancellationToken), found.ContentLength, found.ETag);
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return ([], 0, null);
        }
    }

    private async Task<List<string>> RestageAsync(ETag etag, CancellationToken cancellationToken)
    {
        BlobDownloadOptions options = new() { Conditions = new BlobRequestConditions { IfMatch = etag } };
        BlobDownloadStreamingResult current = await blob.DownloadStreamingAsync(options, cancellationToken);
        await using Stream bytes = current.Content;
        return await upload.StageAsync(bytes, current.Details.ContentLength, cancellationToken);
    }

    private Task CommitAsync(List<string> blocks, ETag? etag, CancellationToken cancellationToken)
    {
        BlobRequestConditions conditions = etag is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = etag };
        return StorageCalls.CreatingAsync(
            () => blob.CommitBlockListAsync(blocks, new CommitBlockListOptions { Conditions = conditions }, cancellationToken),
            BlobErrorCode.ContainerNotFound.ToString(),
            () => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
    }
}
