using System.Globalization;
using Microsoft.Data.Sqlite;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Storage;

/// <summary>Documents in one SQLite file.</summary>
/// <remarks>An ETag is the number of the write in the whole file, so it never comes back.</remarks>
internal sealed class SqliteDocumentStore : IDocumentStore, IDisposable
{
    private const int ApplicationId = 0x54594431; // "TYD1"

    private static readonly SqliteSchema Schema = new(
        ApplicationId,
        """
        CREATE TABLE documents(
            id INTEGER PRIMARY KEY,
            collection TEXT NOT NULL,
            partition_key BLOB NOT NULL,
            row_key BLOB NOT NULL,
            etag INTEGER NOT NULL,
            json BLOB NOT NULL,
            UNIQUE(collection, partition_key, row_key));
        CREATE TABLE counter(last INTEGER NOT NULL);
        INSERT INTO counter VALUES(0);
        """);

    private readonly SqliteDatabase database;

    /// <summary>Opens the file, and creates it when absent.</summary>
    /// <exception cref="SqliteFileException">The file cannot be used by this build.</exception>
    internal SqliteDocumentStore(string path) => database = new SqliteDatabase(path, Schema);

    /// <inheritdoc />
    public Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            DocumentChecks.Collection(collection);
            DocumentChecks.Key(partitionKey, "partition key");
            DocumentChecks.Key(rowKey, "row key");
        }
        catch (DocumentStoreException refusal)
        {
            return Task.FromException<Document?>(refusal);
        }

        return database.ReadAsync(session => Get(session, collection, partitionKey, rowKey), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentChecks.Query(query);
        string? last = DocumentContinuation.LastRowKey(query);
        return await database.ReadAsync(session => ReadPage(session, query, last), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken)
    {
        DocumentChecks.Collection(collection);
        DocumentChecks.Key(partitionKey, "partition key");
        DocumentChecks.Write(write);
        byte[] partition = OrdinalKey.Encode(partitionKey);
        return await database.WriteAsync(session => Apply(session, collection, partition, write, 0), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string?>> CommitAsync(
        string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentChecks.Collection(collection);
        DocumentChecks.Key(partitionKey, "partition key");
        DocumentChecks.Batch(writes);
        byte[] partition = OrdinalKey.Encode(partitionKey);
        return await database.WriteAsync<IReadOnlyList<string?>>(
            session => [.. writes.Select((write, index) => Apply(session, collection, partition, write, index))], cancellationToken);
    }

    public void Dispose() => database.Dispose();

    private static Document? Get(SqliteSession session, string collection, string partitionKey, string rowKey)
    {
        using SqliteDataReader row = session.Query(
            "SELECT etag, json FROM documents WHERE collection = $1 AND partition_key = $2 AND row_key = $3",
            collection, OrdinalKey.Encode(partitionKey), OrdinalKey.Encode(rowKey));
        return row.Read() ? new Document(partitionKey, rowKey, row.GetFieldValue<byte[]>(1), ETagOf(row.GetInt64(0))) : null;
    }

    private static DocumentPage ReadPage(SqliteSession session, DocumentQuery query, string? last)
    {
        using SqliteDataReader rows = session.Query(
            """
            SELECT row_key, etag, json FROM documents
            WHERE collection = $1 AND partition_key = $2 AND row_key >= $3 AND row_key < $4 ORDER BY row_key LIMIT $5
            """,
            query.Collection,
            OrdinalKey.Encode(query.PartitionKey),
            last is null ? OrdinalKey.Encode(query.From ?? string.Empty) : OrdinalKey.After(last),
            query.Before is null ? OrdinalKey.End : OrdinalKey.Encode(query.Before),
            query.PageSize + 1);
        List<Document> documents = [];
        long bytes = 0;
        while (rows.Read())
        {
            // The row beyond the page is only looked at: that it is there says that a page follows.
            if (documents.Count == query.PageSize || bytes >= DocumentLimits.MaxPageBytes)
            {
                return new DocumentPage(documents, DocumentContinuation.After(query, documents[^1].RowKey));
            }

            byte[] json = rows.GetFieldValue<byte[]>(2);
            bytes += json.Length;
            documents.Add(new Document(query.PartitionKey, OrdinalKey.Decode(rows.GetFieldValue<byte[]>(0)), json, ETagOf(rows.GetInt64(1))));
        }

        return new DocumentPage(documents, null);
    }

    private static string? Apply(SqliteSession session, string collection, byte[] partition, DocumentWrite write, int operation)
    {
        byte[] row = OrdinalKey.Encode(write.RowKey);
        if (write.Kind == DocumentWriteKind.Delete)
        {
            Delete(session, collection, partition, row, write, operation);
            return null;
        }

        long etag = session.Number("UPDATE counter SET last = last + 1 RETURNING last")!.Value;
        byte[] json = write.Json.ToArray();
        switch (write.Kind)
        {
            case DocumentWriteKind.Insert:
                if (session.Execute("INSERT INTO documents(collection, partition_key, row_key, etag, json) VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", collection, partition, row, etag, json) == 0)
                {
                    throw new DocumentStoreException(DocumentStoreCode.DocumentExists, "There is a document with this key.", operation);
                }

                break;
            case DocumentWriteKind.Replace:
                RequireETag(session, collection, partition, row, write, operation);
                session.Execute("UPDATE documents SET etag = $4, json = $5 WHERE collection = $1 AND partition_key = $2 AND row_key = $3", collection, partition, row, etag, json);
                break;
            default:
                session.Execute(
                    """
                    INSERT INTO documents(collection, partition_key, row_key, etag, json) VALUES($1, $2, $3, $4, $5)
                    ON CONFLICT(collection, partition_key, row_key) DO UPDATE SET etag = excluded.etag, json = excluded.json
                    """,
                    collection, partition, row, etag, json);
                break;
        }

        return ETagOf(etag);
    }

    private static void Delete(SqliteSession session, string collection, byte[] partition, byte[] row, DocumentWrite write, int operation)
    {
        if (write.ETag is not null)
        {
            RequireETag(session, collection, partition, row, write, operation);
        }

        session.Execute("DELETE FROM documents WHERE collection = $1 AND partition_key = $2 AND row_key = $3", collection, partition, row);
    }

    private static void RequireETag(SqliteSession session, string collection, byte[] partition, byte[] row, DocumentWrite write, int operation)
    {
        long? stored = session.Number("SELECT etag FROM documents WHERE collection = $1 AND partition_key = $2 AND row_key = $3", collection, partition, row);
        if (stored is null)
        {
            throw new DocumentStoreException(DocumentStoreCode.DocumentMissing, "There is no document with this key.", operation);
        }

        if (!string.Equals(ETagOf(stored.Value), write.ETag, StringComparison.Ordinal))
        {
            throw new DocumentStoreException(DocumentStoreCode.ETagMismatch, "The document was written since its ETag was read.", operation);
        }
    }

    private static string ETagOf(long number) => number.ToString("x", CultureInfo.InvariantCulture);
}
