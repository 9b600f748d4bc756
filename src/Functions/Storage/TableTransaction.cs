using Azure;
using Azure.Data.Tables;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>One to a hundred writes of one partition as an entity group transaction.</summary>
/// <remarks>
/// Every entity carries a stamp of the call that wrote it. A refusal may be the answer to a second try whose first was
/// applied and whose answer was lost; then the stamp is found, and the call succeeded. (What deletes only has no stamp:
/// there such a second try is refused as <see cref="DocumentStoreCode.DocumentMissing"/>.)
/// </remarks>
internal sealed class TableTransaction(TableClient table, string partitionKey, IReadOnlyList<DocumentWrite> writes)
{
    // Well formed, but older than any entity: for text that is no ETag of Table storage, which would answer 400, and for
    // a document that somebody has overwritten before its ETag could be read.
    private const string ETagOfNoEntity = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"";
    private const string WeakETagStart = "W/\"";

    private readonly string stamp = Guid.NewGuid().ToString("N");

    /// <summary>Applies all or none.</summary>
    /// <returns>The new ETags in order; null for a delete.</returns>
    /// <exception cref="DocumentStoreException">The store refuses one of them.</exception>
    internal async Task<IReadOnlyList<string?>> ApplyAsync(CancellationToken cancellationToken)
    {
        // Table storage refuses to delete what is absent, the port does not: such a delete is left out of a next try.
        List<int> pending = [.. Enumerable.Range(0, writes.Count)];
        while (pending.Count > 0)
        {
            try
            {
                Response<IReadOnlyList<Response>> answer =
                    await table.SubmitTransactionAsync(pending.Select(index => ActionOf(writes[index])), cancellationToken);
                return ETagsOf(pending, answer.Value);
            }
            catch (TableTransactionFailedException refusal) when (CodeOf(refusal) is { } code)
            {
                int at = refusal.FailedTransactionActionIndex ?? 0;
                int index = pending[Math.Min(at, pending.Count - 1)];
                if (code == DocumentStoreCode.DocumentMissing && writes[index] is { Kind: DocumentWriteKind.Delete, ETag: null })
                {
                    pending.RemoveAt(at);
                }
                else
                {
                    return await FindAppliedAsync(cancellationToken)
                        ?? throw new DocumentStoreException(code, $"Table storage answered {refusal.Status} {refusal.ErrorCode}.", index, refusal);
                }
            }
        }

        return new string?[writes.Count];
    }

    private static DocumentStoreCode? CodeOf(RequestFailedException refusal) => (refusal.Status, refusal.ErrorCode) switch
    {
        (409, "EntityAlreadyExists") => DocumentStoreCode.DocumentExists,
        (404, "ResourceNotFound" or "EntityNotFound") => DocumentStoreCode.DocumentMissing,
        (412, _) => DocumentStoreCode.ETagMismatch,
        (413, _) => DocumentStoreCode.BatchInvalid,
        _ => null,
    };

    private static ETag ConditionOf(string etag) =>
        new(etag.StartsWith(WeakETagStart, StringComparison.Ordinal) && etag.EndsWith('"') && etag.All(char.IsAscii) ? etag : ETagOfNoEntity);

    private TableTransactionAction ActionOf(DocumentWrite write)
    {
        TableEntity entity = write.Kind == DocumentWriteKind.Delete ? new(partitionKey, write.RowKey) : DocumentEntity.Write(partitionKey, write, stamp);
        return write.Kind switch
        {
            DocumentWriteKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, entity),
            DocumentWriteKind.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, ConditionOf(write.ETag!)),
            DocumentWriteKind.Upsert => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity),

            // Without an ETag the port deletes whatever is there.
            _ => new TableTransactionAction(TableTransactionActionType.Delete, entity, write.ETag is null ? ETag.All : ConditionOf(write.ETag)),
        };
    }

    private string?[] ETagsOf(List<int> applied, IReadOnlyList<Response> answers)
    {
        string?[] etags = new string?[writes.Count];
        foreach ((int index, Response answer) in applied.Zip(answers).Where(pair => writes[pair.First].Kind != DocumentWriteKind.Delete))
        {
            etags[index] = answer.Headers.ETag.ToString();
        }

        return etags;
    }

    // The ETags when the writes are there after all; null when they are not.
    private async Task<string?[]?> FindAppliedAsync(CancellationToken cancellationToken)
    {
        string?[] etags = new string?[writes.Count];
        bool found = false;
        for (int index = 0; index < writes.Count; index++)
        {
            if (writes[index].Kind == DocumentWriteKind.Delete)
            {
                continue;
            }

            NullableResponse<TableEntity> stored = await table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, writes[index].RowKey, [DocumentEntity.Stamp], cancellationToken);
            bool ours = stored.HasValue && stored.Value!.GetString(DocumentEntity.Stamp) == stamp;
            if (!ours && !found)
            {
                return null;
            }

            found = true;
            etags[index] = ours ? stored.Value!.ETag.ToString() : ETagOfNoEntity;
        }

        return found ? etags : null;
    }
}
