using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Documents;

/// <summary>Records in and out of an <see cref="IDocumentStore"/> by source-generated JSON.</summary>
public static class JsonDocuments
{
    /// <summary>Reads one record; null when there is none.</summary>
    public static async Task<Stored<T>?> ReadAsync<T>(
        this IDocumentStore store, string collection, string partitionKey, string rowKey, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Document? document = await store.GetAsync(collection, partitionKey, rowKey, cancellationToken);
        return document is null ? null : Parse(document, type);
    }

    /// <summary>Reads a page of records for a caller.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public static async Task<ResultPage<T>> ReadPageAsync<T>(
        this IDocumentStore store, DocumentQuery query, PageRequest page, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            DocumentPage documents = await store.QueryAsync(query with { PageSize = page.Limit, Continuation = page.Continuation }, cancellationToken);
            return new([.. documents.Documents.Select(document => Parse(document, type).Value)], documents.Continuation);
        }
        catch (DocumentStoreException exception) when (exception.Code == DocumentStoreCode.ContinuationInvalid)
        {
            throw PageRequest.InvalidContinuation(exception);
        }
    }

    /// <summary>Reads every record of a range, page by page.</summary>
    public static async IAsyncEnumerable<Stored<T>> ReadAllAsync<T>(
        this IDocumentStore store, DocumentQuery query, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = query.Continuation;
        do
        {
            DocumentPage page = await store.QueryAsync(query with { Continuation = continuation }, cancellationToken);
            foreach (Document document in page.Documents)
            {
                yield return Parse(document, type);
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Deletes a record as it was read; one that somebody else wrote since, or deleted, stays as it is.</summary>
    public static async Task DeleteSeenAsync<T>(this IDocumentStore store, string collection, string partitionKey, Stored<T> seen, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(collection, partitionKey, DocumentWrite.Delete(seen.RowKey, seen.ETag), cancellationToken);
        }
        catch (DocumentStoreException other) when (Contention.IsConflict(other))
        {
            // It is theirs now, or gone.
        }
    }

    /// <summary>An insert of a record.</summary>
    public static DocumentWrite Insert<T>(string rowKey, T value, JsonTypeInfo<T> type) => DocumentWrite.Insert(rowKey, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A replacement of the record that has this ETag.</summary>
    public static DocumentWrite Replace<T>(string rowKey, T value, string etag, JsonTypeInfo<T> type) => DocumentWrite.Replace(rowKey, JsonSerializer.SerializeToUtf8Bytes(value, type), etag);

    /// <summary>An upsert of a record.</summary>
    public static DocumentWrite Upsert<T>(string rowKey, T value, JsonTypeInfo<T> type) => DocumentWrite.Upsert(rowKey, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>An insert when <paramref name="current"/> is null, else its replacement.</summary>
    public static DocumentWrite InsertOrReplace<T>(string rowKey, T value, Stored<T>? current, JsonTypeInfo<T> type) =>
        current is null ? Insert(rowKey, value, type) : Replace(rowKey, value, current.ETag, type);

    private static Stored<T> Parse<T>(Document document, JsonTypeInfo<T> type)
    {
        T value = JsonSerializer.Deserialize(document.Json.Span, type)
            ?? throw new InvalidDataException($"Document {document.RowKey} holds null instead of a {typeof(T).Name}.");
        return new(document.RowKey, value, document.ETag);
    }
}
