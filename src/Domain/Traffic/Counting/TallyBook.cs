using System.Collections.Concurrent;
using System.Globalization;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>Counts what versions do while traffic is compared: in memory on the way of requests, in documents from time to time. Thread safe.</summary>
/// <remarks>
/// Every tally of every host has a document of its own that holds all it ever counted, so that hosts never meet in writing, a
/// repeated write changes nothing, and a crash loses what was counted since the last one. Readers add up.
/// </remarks>
public sealed class TallyBook
{
    /// <summary>Tallies in memory at most: far more than versions that are compared at a time.</summary>
    public const int MaxTallies = 1_000;

    private const string Collection = "traffic";

    private readonly ConcurrentDictionary<TallyKey, Tally> tallies = new();
    private readonly IDocumentStore documents;
    private readonly IIdSource ids;
    private readonly Counter uncounted;
    private readonly SemaphoreSlim flushing = new(1);

    /// <summary>An empty book.</summary>
    /// <param name="documents">Where counts are kept.</param>
    /// <param name="ids">Names the tallies of this host.</param>
    /// <param name="metrics">Counts what could not be counted.</param>
    public TallyBook(IDocumentStore documents, IIdSource ids, MetricsRegistry metrics)
    {
        (this.documents, this.ids) = (documents, ids);
        uncounted = metrics.Counter("ml_traffic_uncounted_total", "Requests under comparison that were not counted, for too many versions are compared at a time.");
    }

    /// <summary>What the versions of a deployment did, on all hosts, as far as it is written down.</summary>
    /// <returns>By version: those that answered, and shadows.</returns>
    public async Task<(IReadOnlyDictionary<int, VersionCounts> Versions, IReadOnlyDictionary<int, ShadowCounts> Shadows)> ReadAsync(
        TenantId tenant, string model, int deployment, CancellationToken cancellationToken)
    {
        SortedDictionary<int, VersionCounts> versions = [];
        SortedDictionary<int, ShadowCounts> shadows = [];
        (string from, string before) = DocumentKey.Within(Number(deployment));
        DocumentQuery query = new(Collection, Partition(tenant, model)) { From = from, Before = before };
        await foreach (Stored<TallyRecord> stored in documents.ReadAllAsync(query, CountingJson.Default.TallyRecord, cancellationToken))
        {
            TallyRecord record = stored.Value;
            if (record.Version is { } version)
            {
                versions[record.Sequence] = versions.GetValueOrDefault(record.Sequence, new VersionCounts()).Plus(version);
            }

            if (record.Shadow is { } shadow)
            {
                shadows[record.Sequence] = shadows.GetValueOrDefault(record.Sequence, new ShadowCounts()).Plus(shadow);
            }
        }

        return (versions, shadows);
    }

    /// <summary>Writes down what was counted since the last time.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails; what was counted is kept for the next time.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that an older state never comes to lie over a newer one.
        await flushing.WaitAsync(cancellationToken);
        try
        {
            foreach ((TallyKey key, Tally tally) in tallies)
            {
                if (tally.IsDirty)
                {
                    await WriteAsync(key, tally, cancellationToken);
                }
                else if (tally.IsIdle() && tallies.TryRemove(KeyValuePair.Create(key, tally)) && tally.IsDirty)
                {
                    // Somebody had found it just before.
                    await WriteAsync(key, tally, cancellationToken);
                }
            }
        }
        finally
        {
            flushing.Release();
        }
    }

    /// <summary>The tally of something; null when there are too many.</summary>
    internal Tally? Find(TallyKey key)
    {
        if (tallies.TryGetValue(key, out Tally? tally))
        {
            return tally;
        }

        if (tallies.Count >= MaxTallies)
        {
            uncounted.Add(string.Empty, 1);
            return null;
        }

        return tallies.GetOrAdd(key, static (_, ids) => new Tally(ids.NewId()), ids);
    }

    /// <summary>Every tally in memory of shadows.</summary>
    internal IEnumerable<(TallyKey Key, ShadowCounts Counts)> Shadows() =>
        tallies.Where(tally => tally.Key.IsShadow).Select(tally => (tally.Key, tally.Value.Read(tally.Key).Record.Shadow!));

    private static string Partition(TenantId tenant, string model) => DocumentKey.Of(tenant.Value, model);

    private static string Number(int deployment) => deployment.ToString("D10", CultureInfo.InvariantCulture);

    private async Task WriteAsync(TallyKey key, Tally tally, CancellationToken cancellationToken)
    {
        (TallyRecord record, long changes) = tally.Read(key);
        DocumentWrite write = JsonDocuments.Upsert(DocumentKey.Of(Number(key.Deployment), tally.Id), record, CountingJson.Default.TallyRecord);
        await documents.WriteAsync(Collection, Partition(key.Tenant, key.Model), write, cancellationToken);
        tally.Written(changes);
    }
}
