using Azure;
using Azure.Data.Tables;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Documents in Azure Table storage: a table for each collection, which the first write creates.</summary>
/// <remarks>
/// A document over <see cref="DocumentEntity.ChunkBytes"/> lies in several properties of its entity. Pages follow row
/// keys of our own instead of the service's continuations, which a client could not be told apart from a forged one.
/// </remarks>
internal sealed class TableDocumentStore(TableServiceClient tables) : IDocumentStore
{
    private const string TableNotFound = "TableNotFound";

    /// <inheritdoc />
    public async Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        DocumentChecks.Collection(collection);
        DocumentChecks.Key(partitionKey, "partition key");
        DocumentChecks.Key(rowKey, "row key");
        TableClient table = tables.GetTableClient(collection);
        NullableResponse<TableEntity> found = await StorageCalls.RunAsync(
            () => table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? DocumentEntity.Read(found.Value!) : null;
    }

    /// <inheritdoc />
    public async Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentChecks.Query(query);
        string filter = Filter(query, DocumentContinuation.LastRowKey(query));
        return await StorageCalls.FindAsync(() => ReadPageAsync(query, filter, cancellationToken), cancellationToken) ?? new DocumentPage([], null);
    }

    /// <inheritdoc />
    public async Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken)
    {
        DocumentChecks.Collection(collection);
        DocumentChecks.Key(partitionKey, "partition key");
        DocumentChecks.Write(write);
        return (await ApplyAsync(collection, partitionKey, [write], cancellationToken))[0];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentChecks.Collection(collection);
        DocumentChecks.Key(partitionKey, "partition key");
        DocumentChecks.Batch(writes);
        return await ApplyAsync(collection, partitionKey, writes, cancellationToken);
    }

    private static string Filter(DocumentQuery query, string? last)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {query.PartitionKey}");
        if ((last ?? query.From) is { Length: > 0 } from)
        {
            filter += last is null ? TableClient.CreateQueryFilter($" and RowKey ge {from}") : TableClient.CreateQueryFilter($" and RowKey gt {from}");
        }

        return query.Before is null ? filter : filter + TableClient.CreateQueryFilter($" and RowKey lt {query.Before}");
    }

    private async Task<DocumentPage> ReadPageAsync(DocumentQuery query, string filter, CancellationToken cancellationToken)
    {
        // One more than asked tells whether a page follows.
        int most = Math.Min(query.PageSize + 1, DocumentLimits.MaxPageSize);
        List<Document> documents = [];
        long bytes = 0;
        await foreach (TableEntity entity in tables.GetTableClient(query.Collection).QueryAsync<TableEntity>(filter, most, cancellationToken: cancellationToken))
        {
            if (documents.Count == query.PageSize || bytes >= DocumentLimits.MaxPageBytes)
            {
                return new DocumentPage(documents, DocumentContinuation.After(query, documents[^1].RowKey));
            }

            documents.Add(DocumentEntity.Read(entity));
            bytes += documents[^1].Json.Length;
        }

        return new DocumentPage(documents, null);
    }

    private Task<IReadOnlyList<string?>> ApplyAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        TableClient table = tables.GetTableClient(collection);
        TableTransaction transaction = new(table, partitionKey, writes);
        return StorageCalls.RunAsync(
            () => StorageCalls.CreatingAsync(
                () => transaction.ApplyAsync(cancellationToken), TableNotFound, () => table.CreateIfNotExistsAsync(cancellationToken)),
            cancellationToken);
    }
}
