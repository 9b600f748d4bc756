using System.Text.Json;
using Trainyard.Domain.Access;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Redaction;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Audit;

/// <summary>Who changed what in each tenant, newest first. Nothing is ever removed. Thread safe.</summary>
/// <remarks>
/// A change is entered before it is made and completed after, so that none is made without an entry: where the host dies in
/// between, an entry without an outcome stays, which says that the change may have been made.
/// </remarks>
/// <param name="documents">Where entries are stored.</param>
/// <param name="ids">Names entries.</param>
/// <param name="time">The clock.</param>
public sealed class AuditLog(IDocumentStore documents, IIdSource ids, TimeProvider time)
{
    /// <summary>The outcome of a change that was made.</summary>
    public const string Done = "done";

    /// <summary>Bytes of JSON kept of what was before and what is after, each; of more only that it was too long.</summary>
    public const int MaxStateBytes = 16 * 1024;

    private const string Collection = "audit";

    private static readonly JsonElement TooLong = JsonElement.Parse("""{"truncated":true}"""u8);

    /// <summary>Enters what is about to be done.</summary>
    /// <param name="caller">Who asks, and in which tenant.</param>
    /// <param name="action">The operation.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="traceId">Finds the request in the logs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Stored<AuditEntry>> BeginAsync(Caller caller, string action, string target, string traceId, CancellationToken cancellationToken)
    {
        AuditEntry entry = new()
        {
            Id = ids.NewId(), At = time.GetUtcNow(), ActorKind = caller.Kind, Actor = caller.Id, Action = action, Target = target, TraceId = traceId,
        };
        string row = RowOf(entry);
        string? etag = await documents.WriteAsync(Collection, Partition(caller.Tenant), JsonDocuments.Insert(row, entry, AuditJson.Default.AuditEntry), cancellationToken);
        return new Stored<AuditEntry>(row, entry, etag!);
    }

    /// <summary>Completes an entry.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="begun">What <see cref="BeginAsync"/> gave.</param>
    /// <param name="outcome"><see cref="Done"/>, or the code of the refusal.</param>
    /// <param name="before">UTF-8 JSON of what was there; empty for nothing.</param>
    /// <param name="after">UTF-8 JSON of what is there now; empty for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task EndAsync(
        TenantId tenant, Stored<AuditEntry> begun, string outcome, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, CancellationToken cancellationToken)
    {
        AuditEntry ended = begun.Value with { Outcome = outcome, EndedAt = time.GetUtcNow(), Before = State(before), After = State(after) };
        DocumentWrite write = JsonDocuments.Replace(begun.RowKey, ended, begun.ETag, AuditJson.Default.AuditEntry);
        return documents.WriteAsync(Collection, Partition(tenant), write, cancellationToken);
    }

    /// <summary>Enters a change that was made; one that is entered under its id and moment already stays as it is.</summary>
    /// <exception cref="ArgumentException">The entry has no outcome.</exception>
    public async Task RecordAsync(TenantId tenant, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Outcome is null)
        {
            throw new ArgumentException("A change that was made has an outcome.", nameof(entry));
        }

        try
        {
            await documents.WriteAsync(Collection, Partition(tenant), JsonDocuments.Insert(RowOf(entry), entry, AuditJson.Default.AuditEntry), cancellationToken);
        }
        catch (DocumentStoreException exception) when (exception.Code == DocumentStoreCode.DocumentExists)
        {
            // Whoever made the change was interrupted and made it again, which changed nothing.
        }
    }

    /// <summary>A page of entries, newest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="from">The earliest moment wanted, inclusive; null for all.</param>
    /// <param name="to">The moment before which entries are wanted, exclusive; null for all.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public Task<ResultPage<AuditEntry>> ListAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, PageRequest page, CancellationToken cancellationToken)
    {
        DocumentQuery query = new(Collection, Partition(tenant))
        {
            // Newest first turns the bounds around: an entry's key sorts at and behind that of its moment alone.
            From = to is { } end ? DocumentKey.NewestFirst(end.AddTicks(-1)) : null,
            Before = from is { } start ? DocumentKey.NewestFirst(start.AddTicks(-1)) : null,
        };
        return documents.ReadPageAsync(query, page, AuditJson.Default.AuditEntry, cancellationToken);
    }

    private static string Partition(TenantId tenant) => DocumentKey.Of(tenant.Value);

    private static string RowOf(AuditEntry entry) => DocumentKey.Of(DocumentKey.NewestFirst(entry.At), entry.Id);

    private static JsonElement? State(ReadOnlyMemory<byte> json) => json.Length switch
    {
        0 => null,
        > MaxStateBytes => TooLong,
        _ => RedactedJson.Parse(json.Span),
    };
}
