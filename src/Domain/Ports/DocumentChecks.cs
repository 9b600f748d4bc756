using System.Buffers;

namespace Trainyard.Domain.Ports;

/// <summary>The checks of arguments that every document store makes first, so that all refuse the same things in the same way.</summary>
public static class DocumentChecks
{
    private const int MinCollectionLength = 3;
    private const int MaxCollectionLength = 50;
    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7f, 0x21).Select(code => (char)code)]);

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Checks a collection's name, which code chooses, not a user.</summary>
    /// <exception cref="ArgumentException">Not 3 to 50 lower-case letters and digits with a letter first.</exception>
    public static void Collection(string collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (collection.Length is < MinCollectionLength or > MaxCollectionLength || !char.IsAsciiLetterLower(collection[0])
            || collection.AsSpan().ContainsAnyExcept(LettersAndDigits))
        {
            throw new ArgumentException($"Collection '{collection}' must be 3 to 50 lower-case letters and digits, a letter first.", nameof(collection));
        }
    }

    /// <summary>Checks a partition or row key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What the key is, for the message.</param>
    /// <param name="operation">Index in the batch; 0 for a single operation.</param>
    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreCode.KeyInvalid"/>.</exception>
    public static void Key(string key, string what, int operation = 0)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is 0 or > DocumentLimits.MaxKeyLength)
        {
            throw KeyInvalid($"A {what} has 1 to {DocumentLimits.MaxKeyLength} characters, not {key.Length}.", operation);
        }

        if (key.AsSpan().ContainsAny(ForbiddenInKeys) || !WellFormedText.Is(key))
        {
            throw KeyInvalid($"A {what} has none of / \\ # ?, control characters and unpaired surrogates; encode it with DocumentKey.", operation);
        }
    }

    /// <summary>Checks a query.</summary>
    /// <exception cref="DocumentStoreException">
    /// <see cref="DocumentStoreCode.KeyInvalid"/> or <see cref="DocumentStoreCode.PageSizeInvalid"/>.
    /// </exception>
    public static void Query(DocumentQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Collection(query.Collection);
        Key(query.PartitionKey, "partition key");
        Bound(query.From, "first row key");
        Bound(query.Before, "end row key");
        if (query.PageSize is < 1 or > DocumentLimits.MaxPageSize)
        {
            throw new DocumentStoreException(
                DocumentStoreCode.PageSizeInvalid, $"A page has 1 to {DocumentLimits.MaxPageSize} documents, not {query.PageSize}.");
        }
    }

    /// <summary>Checks one operation.</summary>
    /// <param name="write">The operation.</param>
    /// <param name="operation">Index in the batch; 0 for a single operation.</param>
    /// <exception cref="DocumentStoreException">
    /// <see cref="DocumentStoreCode.KeyInvalid"/>, <see cref="DocumentStoreCode.DocumentTooLarge"/>, or
    /// <see cref="DocumentStoreCode.ETagMismatch"/> for the wildcard, which is not the ETag of any document.
    /// </exception>
    public static void Write(DocumentWrite write, int operation = 0)
    {
        ArgumentNullException.ThrowIfNull(write);
        Key(write.RowKey, "row key", operation);
        if (write.Json.Length > DocumentLimits.MaxDocumentBytes)
        {
            throw new DocumentStoreException(
                DocumentStoreCode.DocumentTooLarge,
                $"A document has at most {DocumentLimits.MaxDocumentBytes} bytes, not {write.Json.Length}; keep large content in a blob.",
                operation);
        }

        if (write.ETag is "*" or "")
        {
            throw new DocumentStoreException(DocumentStoreCode.ETagMismatch, "The ETag must be one that the store returned.", operation);
        }
    }

    /// <summary>Checks a batch and each of its operations.</summary>
    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreCode.BatchInvalid"/>, or as for <see cref="Write"/>.</exception>
    public static void Batch(IReadOnlyList<DocumentWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count is 0 or > DocumentLimits.MaxBatch)
        {
            throw BatchInvalid($"A batch has 1 to {DocumentLimits.MaxBatch} operations, not {writes.Count}.", 0);
        }

        HashSet<string> rows = new(writes.Count, StringComparer.Ordinal);
        long bytes = 0;
        for (int index = 0; index < writes.Count; index++)
        {
            Write(writes[index], index);
            bytes += writes[index].Json.Length;
            if (!rows.Add(writes[index].RowKey))
            {
                throw BatchInvalid("A batch names each row once.", index);
            }

            if (bytes > DocumentLimits.MaxBatchBytes)
            {
                throw BatchInvalid($"The documents of a batch have at most {DocumentLimits.MaxBatchBytes} bytes together.", index);
            }
        }
    }

    // A bound need not be a key that could be stored, but it must be text that every adapter can send.
    private static void Bound(string? key, string what)
    {
        if (key is not null && (key.Length > DocumentLimits.MaxKeyLength + 1 || !WellFormedText.Is(key)))
        {
            throw KeyInvalid($"The {what} is well-formed text of at most {DocumentLimits.MaxKeyLength + 1} characters.", 0);
        }
    }

    private static DocumentStoreException KeyInvalid(string message, int operation) => new(DocumentStoreCode.KeyInvalid, message, operation);

    private static DocumentStoreException BatchInvalid(string message, int operation) => new(DocumentStoreCode.BatchInvalid, message, operation);
}
