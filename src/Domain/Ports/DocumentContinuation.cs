using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Ports;

/// <summary>Writes and reads the continuations of queries, for every adapter alike.</summary>
/// <remarks>
/// A continuation names the last row key of the page and carries a digest (SHA-256, 16 bytes) over it and over the
/// query's collection, partition and range, so that one altered, cut or taken from another query is told. The digest
/// guards against mistakes, not against forgery: whoever forges one only starts elsewhere in a range that he may read.
/// The page size may change from page to page.
/// </remarks>
public static class DocumentContinuation
{
    private const int DigestBytes = 16;
    private const int MaxLength = (((DocumentLimits.MaxKeyLength * 3) + DigestBytes) * 4 / 3) + 4;

    /// <summary>The continuation after a page that ended with <paramref name="lastRowKey"/>.</summary>
    public static string After(DocumentQuery query, string lastRowKey)
    {
        byte[] key = Encoding.UTF8.GetBytes(lastRowKey);
        return Base64Url.EncodeToString([.. Digest(query, key), .. key]);
    }

    /// <summary>The row key after which the query goes on; null when it has no continuation.</summary>
    /// <exception cref="DocumentStoreException"><see cref="DocumentStoreCode.ContinuationInvalid"/>.</exception>
    public static string? LastRowKey(DocumentQuery query)
    {
        if (query.Continuation is not { } continuation)
        {
            return null;
        }

        byte[] content = continuation.Length <= MaxLength && Base64Url.IsValid(continuation) ? Base64Url.DecodeFromChars(continuation) : [];
        if (content.Length <= DigestBytes || !content.AsSpan(0, DigestBytes).SequenceEqual(Digest(query, content.AsSpan(DigestBytes)))
            || !string.Equals(Base64Url.EncodeToString(content), continuation, StringComparison.Ordinal))
        {
            throw new DocumentStoreException(
                DocumentStoreCode.ContinuationInvalid, "The continuation is not one that this query returned; begin again without it.");
        }

        return Encoding.UTF8.GetString(content.AsSpan(DigestBytes));
    }

    private static byte[] Digest(DocumentQuery query, ReadOnlySpan<byte> key)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? part in (ReadOnlySpan<string?>)[query.Collection, query.PartitionKey, query.From, query.Before])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part ?? string.Empty);
            hash.AppendData(BitConverter.GetBytes(part is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }

        hash.AppendData(key);
        return hash.GetHashAndReset()[..DigestBytes];
    }
}
