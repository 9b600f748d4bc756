using System.Buffers;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Trainyard.Functions.Storage;

/// <summary>Puts content into one block blob: at once when it is small, else as blocks that become visible together.</summary>
/// <param name="container">The blob's container; created when it is not there.</param>
/// <param name="blob">The blob.</param>
internal sealed class BlockUpload(BlobContainerClient container, BlockBlobClient blob)
{
    /// <summary>Bytes of a block: 50,000 of them, the service's bound, hold 390 GiB.</summary>
    internal const int BlockBytes = 8 * 1024 * 1024;

    private const int Conflict = 409;

    // All blocks of a blob need names of one length.
    private const int BlockNameBytes = 16;

    /// <summary>Uploads a stream to its end.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="length">Its bytes as far as they are known, so that little content needs little memory; or null.</param>
    /// <param name="conditions">What must hold when it becomes visible, or null.</param>
    /// <param name="metadata">Kept with the blob.</param>
    /// <param name="cancellationToken">Leaves no trace when it fires before the end.</param>
    /// <exception cref="RequestFailedException">The service refuses, for example the conditions.</exception>
    internal async Task<BlobContentInfo> WriteAsync(
        Stream content, long? length, BlobRequestConditions? conditions, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        int size = SizeFor(length);
        byte[] block = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            int read = await content.ReadAtLeastAsync(block.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
            if (read < size)
            {
                BlobUploadOptions options = new() { Conditions = conditions, Metadata = metadata };
                return await CreatingAsync(() => blob.UploadAsync(new MemoryStream(block, 0, read, writable: false), options, cancellationToken), cancellationToken);
            }

            // Refused early so that nobody uploads a gigabyte in vain; the condition of the commit decides.
            if (conditions?.IfNoneMatch == ETag.All && await ExistsAsync(cancellationToken))
            {
                throw new RequestFailedException(Conflict, "There is a blob with this path.", BlobErrorCode.BlobAlreadyExists.ToString(), innerException: null);
            }

            List<string> names = await StageAllAsync(content, block.AsMemory(0, size), read, cancellationToken);
            return await blob.CommitBlockListAsync(names, new CommitBlockListOptions { Conditions = conditions, Metadata = metadata }, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Stages a stream as blocks that nobody sees until they are committed.</summary>
    /// <returns>The names of the blocks in order.</returns>
    internal async Task<List<string>> StageAsync(Stream content, long? length, CancellationToken cancellationToken)
    {
        int size = SizeFor(length);
        byte[] block = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            int read = await content.ReadAtLeastAsync(block.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
            return await StageAllAsync(content, block.AsMemory(0, size), read, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Whether a block's name has the length of ours, so that both can stand in one blob.</summary>
    internal static bool IsOfOurs(BlobBlock block) => block.Name.Length == Base64Length(BlockNameBytes);

    // One byte more than expected shows that the end is reached.
    private static int SizeFor(long? length) => (int)Math.Min((length ?? BlockBytes) + 1, BlockBytes);

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    private async Task<List<string>> StageAllAsync(Stream content, Memory<byte> block, int read, CancellationToken cancellationToken)
    {
        List<string> names = [];
        while (read > 0)
        {
            string name = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
            BinaryData bytes = new(block[..read]);
            await CreatingAsync(() => blob.StageBlockAsync(name, bytes.ToStream(), cancellationToken: cancellationToken), cancellationToken);
            names.Add(name);
            read = await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
        }

        return names;
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken) => (await blob.ExistsAsync(cancellationToken)).Value;

    private async Task<T> CreatingAsync<T>(Func<Task<Response<T>>> call, CancellationToken cancellationToken) => await StorageCalls.CreatingAsync(
        call, BlobErrorCode.ContainerNotFound.ToString(), () => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
}
