using Azure;
using Azure.Data.Tables;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>One to a hundred writes of one partition as an entity group transaction.</summary>
/// <remarks>
/// Every entity carries the stamps of the calls that wrote it. A refusal may be the answer to a second try whose first was
/// applied and whose answer was lost; then the stamp is found, also under those of calls that replaced the entity since, and
/// the call succeeded. (What deletes only has no stamp: there such a second try is refused as
/// <see cref="DocumentStoreCode.DocumentMissing"/>.)
/// </remarks>
internal sealed class TableTransaction(TableClient table, string partitionKey, IReadOnlyList<DocumentWrite> writes)
{
    // Well formed, but older than any entity: for text that is no ETag of Table storage, which would answer 400, and for
    // a document that somebody has overwritten before its ETag could be read.
    private const string ETagOfNoEntity = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"";
    private const string WeakETagStart = "W/\"";

    private readonly string stamp = WriteStamps.New();

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

    private static ETag ConditionOf(string etag)
    {
        string known = WriteStamps.ServiceETag(etag);
        return new(known.StartsWith(WeakETagStart, StringComparison.Ordinal) && known.EndsWith('"') && known.All(char.IsAscii) ? known : ETagOfNoEntity);
    }

    // An insert follows nothing; an upsert does not know what it follows.
    private string StampsOf(DocumentWrite write) => WriteStamps.After(stamp, write.Kind == DocumentWriteKind.Replace ? write.ETag : null);

    private TableTransactionAction ActionOf(DocumentWrite write)
    {
        TableEntity entity = write.Kind == DocumentWriteKind.Delete ? new(partitionKey, write.RowKey) : DocumentEntity.Write(partitionKey, write, StampsOf(write));
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
            etags[index] = WriteStamps.Join(answer.Headers.ETag.ToString()!, StampsOf(writes[index]));
        }

        return etags;
    }

    // The ETags when the writes are there after all; null when they are not.
    private async Task<string?[]?> FindAppliedAsync(CancellationToken cancellationToken)
    {
        string?[] etags = new string?[writes.Count];
        bool found = false;

        // What upserts follow has no stamps to hand on, so that others may have covered ours: they are asked last.
        foreach (int index in Enumerable.Range(0, writes.Count).Where(each => writes[each].Kind != DocumentWriteKind.Delete).OrderBy(each => writes[each].Kind == DocumentWriteKind.Upsert))
        {
            NullableResponse<TableEntity> stored = await table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, writes[index].RowKey, [DocumentEntity.Stamps], cancellationToken);
            string? stamps = stored.HasValue ? stored.Value!.GetString(DocumentEntity.Stamps) : null;
            int age = WriteStamps.IndexOf(stamps, stamp);
            if (age < 0 && !found)
            {
                return null;
            }

            found = true;
            etags[index] = age == 0 ? WriteStamps.Join(stored.Value!.ETag.ToString(), stamps) : ETagOfNoEntity;
        }

        return found ? etags : null;
    }
}
