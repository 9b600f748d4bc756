namespace Trainyard.Domain.Ports;

/// <summary>JSON documents by collection, partition key and row key, with optimistic concurrency.</summary>
/// <remarks>
/// A write that returned is durable. Reads see every write that returned before they began. Thread safe.
/// Keys: 1 to <see cref="DocumentLimits.MaxKeyLength"/> characters without <c>/ \ # ?</c> and control characters;
/// features encode what users name with <see cref="DocumentKey"/>. Keys compare ordinally, by UTF-16 code unit
/// (<see cref="StringComparison.Ordinal"/>), and must be well-formed text.
/// Collections: 3 to 50 lower-case letters and digits, a letter first; anything else is an <see cref="ArgumentException"/>.
/// An ETag never comes back for a key, not even after a delete and an insert.
/// Any call may throw <see cref="StorageUnavailableException"/>; cancelling a write that has begun does not stop it.
/// </remarks>
public interface IDocumentStore
{
    /// <summary>Reads one document; null when there is none.</summary>
    Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads a page of one partition in row-key order.</summary>
    /// <remarks>
    /// Following the continuations shows every document of the range that was there all along exactly once, whatever is
    /// written meanwhile. A page may hold fewer documents than asked (<see cref="DocumentLimits.MaxPageBytes"/>).
    /// </remarks>
    /// <exception cref="DocumentStoreException">
    /// <c>continuation_invalid</c>: the continuation is not one that this query returned; <c>page_size_invalid</c>, <c>key_invalid</c>.
    /// </exception>
    Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken);

    /// <summary>Applies one operation.</summary>
    /// <returns>The new ETag; null after a delete.</returns>
    /// <exception cref="DocumentStoreException">
    /// <c>document_exists</c> (insert), <c>document_missing</c> (replace, delete with ETag), <c>etag_mismatch</c>
    /// (replace, delete), <c>document_too_large</c>, <c>key_invalid</c>.
    /// </exception>
    Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken);

    /// <summary>Applies 1 to <see cref="DocumentLimits.MaxBatch"/> operations in one partition, all or none.</summary>
    /// <returns>The new ETag of each operation in order; null for a delete.</returns>
    /// <exception cref="DocumentStoreException">As for <see cref="WriteAsync"/>, with the index of the operation at fault; <c>batch_invalid</c>.</exception>
    Task<IReadOnlyList<string?>> CommitAsync(string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken);
}
