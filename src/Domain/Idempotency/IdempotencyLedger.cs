using System.Collections.Concurrent;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Idempotency;

/// <summary>Remembers requests by the key that the caller gave them, so that a repeat creates nothing new.</summary>
/// <remarks>
/// The key is recorded with a fresh identifier before anything is created, and the answer after. A crash between the
/// two leaves the identifier, so the repeat runs the operation again under the same identifier: operations must be
/// idempotent by it. Two requests with one key at the same time are both answered. Thread safe.
/// </remarks>
public sealed class IdempotencyLedger(IDocumentStore documents, IIdSource ids, TimeProvider time)
{
    /// <summary>Characters of a key at most.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>How long a key is remembered; afterwards it counts as new, and <see cref="IdempotencySweeper"/> removes it. A day covers any client's retries.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    // There are seldom more tenants in a process; past it, all are written down again.
    private const int MaxKnownTenants = 10_000;

    private readonly ConcurrentDictionary<TenantId, byte> known = new();

    /// <summary>Records a key, or finds what is recorded of it.</summary>
    /// <param name="tenant">Whose key it is.</param>
    /// <param name="operation">What is asked; equal keys of different operations are different.</param>
    /// <param name="key">1 to <see cref="MaxKeyLength"/> printable ASCII characters.</param>
    /// <param name="requestHash">SHA-256 of what is asked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>idempotency_key_invalid</c>, <c>idempotency_key_reused</c> (another request has it).</exception>
    public async Task<IdempotencyRecord> ReserveAsync(TenantId tenant, string operation, string key, string requestHash, CancellationToken cancellationToken)
    {
        RequireKey(key);
        await KnowAsync(tenant, cancellationToken);
        string row = IdempotencyKeys.Row(operation, key);
        IdempotencyRecord record = await Contention.RetryAsync(token => ReserveOnceAsync(tenant, row, requestHash, token), cancellationToken);
        return record.RequestHash == requestHash ? record : throw Reused();
    }

    /// <summary>Answers a request that may be a repeat.</summary>
    /// <param name="tenant">Whose request it is.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="key">The caller's key, or null when it gave none.</param>
    /// <param name="requestHash">SHA-256 of what is asked.</param>
    /// <param name="run">Does it under the identifier it is given, and is idempotent by that identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">As <see cref="ReserveAsync"/>, or what <paramref name="run"/> throws; a refusal is not recorded.</exception>
    public async Task<RecordedResponse> RunAsync(
        TenantId tenant, string operation, string? key, string requestHash, Func<string, CancellationToken, Task<RecordedResponse>> run, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return await run(ids.NewId(), cancellationToken);
        }

        IdempotencyRecord record = await ReserveAsync(tenant, operation, key, requestHash, cancellationToken);
        if (record.Response is { } recorded)
        {
            return recorded;
        }

        RecordedResponse response = await run(record.Id, cancellationToken);
        DocumentWrite write = JsonDocuments.Upsert(IdempotencyKeys.Row(operation, key), record with { Response = response }, IdempotencyJson.Default.IdempotencyRecord);
        await documents.WriteAsync(IdempotencyKeys.Collection, IdempotencyKeys.Partition(tenant), write, cancellationToken);
        return response;
    }

    /// <summary>The refusal of a key that came with another request before.</summary>
    public static ProblemException Reused() => new(new Problem(
        ProblemKind.Unprocessable,
        "idempotency_key_reused",
        "This Idempotency-Key came with a different request before; use a new key for a new request.",
        "Idempotency-Key"));

    private static void RequireKey(string key)
    {
        if (key.Length is 0 or > MaxKeyLength || !key.All(character => character is >= ' ' and <= '~'))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Malformed, "idempotency_key_invalid", $"Idempotency-Key must be 1 to {MaxKeyLength} printable ASCII characters.", "Idempotency-Key"));
        }
    }

    // Before its first record, so that no crash leaves a record that no sweep finds.
    private async ValueTask KnowAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (known.ContainsKey(tenant))
        {
            return;
        }

        DocumentWrite write = JsonDocuments.Upsert(IdempotencyKeys.Tenant(tenant), new IdempotencyTenant(tenant.Value), IdempotencyJson.Default.IdempotencyTenant);
        await documents.WriteAsync(IdempotencyKeys.Collection, IdempotencyKeys.Tenants, write, cancellationToken);
        if (known.Count >= MaxKnownTenants)
        {
            known.Clear();
        }

        known[tenant] = 0;
    }

    private async Task<IdempotencyRecord> ReserveOnceAsync(TenantId tenant, string row, string requestHash, CancellationToken cancellationToken)
    {
        Stored<IdempotencyRecord>? current = await documents.ReadAsync(IdempotencyKeys.Collection, IdempotencyKeys.Partition(tenant), row, IdempotencyJson.Default.IdempotencyRecord, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (current is not null && now - current.Value.CreatedAt < Retention)
        {
            return current.Value;
        }

        IdempotencyRecord record = new(ids.NewId(), requestHash, now, Response: null);
        await documents.WriteAsync(IdempotencyKeys.Collection, IdempotencyKeys.Partition(tenant), JsonDocuments.InsertOrReplace(row, record, current, IdempotencyJson.Default.IdempotencyRecord), cancellationToken);
        return record;
    }
}
