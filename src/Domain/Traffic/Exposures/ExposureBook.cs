using System.Collections.Concurrent;
using System.Globalization;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Traffic.Exposures;

/// <summary>Who was exposed to A/B tests: in memory on the way of requests, in documents from time to time. Thread safe.</summary>
/// <remarks>
/// A host notes each unit once, on pages of its own that only grow, so that hosts never meet in writing and a repeated write changes nothing. A crash loses the
/// units that it saw first since the last write, and their outcomes are then not counted either. Readers take of each unit the first time.
/// </remarks>
public sealed class ExposureBook
{
    /// <summary>Units of one test that are counted at most; it ends when there are so many.</summary>
    public const int MaxUnits = 1_000_000;

    /// <summary>Tests in memory at most.</summary>
    public const int MaxSheets = 20;

    private const string Collection = "exposures";

    private readonly ConcurrentDictionary<ExposureKey, ExposureSheet> sheets = new();
    private readonly SemaphoreSlim flushing = new(1);
    private readonly IDocumentStore documents;
    private readonly IIdSource ids;
    private readonly TimeProvider time;
    private readonly Counter unrecorded;

    /// <summary>An empty book.</summary>
    /// <param name="documents">Where exposures are kept.</param>
    /// <param name="ids">Names the pages of this host.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts what could not be recorded.</param>
    public ExposureBook(IDocumentStore documents, IIdSource ids, TimeProvider time, MetricsRegistry metrics)
    {
        (this.documents, this.ids, this.time) = (documents, ids, time);
        unrecorded = metrics.Counter("ml_ab_exposures_unrecorded_total", "Requests under an A/B test whose unit was not recorded, for there are too many units or tests.");
    }

    /// <summary>Writes down who was exposed since the last time.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails; what is not written is kept for the next time.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that a shorter page never comes to lie over a longer one.
        await flushing.WaitAsync(cancellationToken);
        try
        {
            foreach ((ExposureKey key, ExposureSheet sheet) in sheets)
            {
                if (!await WriteAsync(key, sheet, cancellationToken) && sheet.IsIdle() && sheets.TryRemove(KeyValuePair.Create(key, sheet)))
                {
                    // Somebody may have found it just before.
                    await WriteAsync(key, sheet, cancellationToken);
                }
            }
        }
        finally
        {
            flushing.Release();
        }
    }

    /// <summary>Notes that a unit was exposed.</summary>
    internal void Add(ExposureKey key, ulong unit)
    {
        if (!sheets.TryGetValue(key, out ExposureSheet? sheet))
        {
            sheet = sheets.Count >= MaxSheets ? null : sheets.GetOrAdd(key, static (_, ids) => new ExposureSheet(ids), ids);
        }

        if (sheet?.TryAdd(unit, (uint)time.GetUtcNow().ToUnixTimeSeconds(), MaxUnits) != true)
        {
            unrecorded.Add(string.Empty, 1);
        }
    }

    /// <summary>Everybody who was exposed, on all hosts, as far as it is written down, with the second when; about <see cref="MaxUnits"/> at most.</summary>
    internal async Task<Dictionary<ulong, uint>> ReadAsync(ExposureKey key, CancellationToken cancellationToken)
    {
        (string from, string before) = DocumentKey.Within(Number(key.Deployment));
        DocumentQuery query = new(Collection, Partition(key)) { From = from, Before = before };
        Dictionary<ulong, uint> units = [];
        await foreach (Stored<ExposurePage> page in documents.ReadAllAsync(query, ExposureJson.Default.ExposurePage, cancellationToken))
        {
            page.Value.AddTo(units);
            if (units.Count >= MaxUnits)
            {
                break;
            }
        }

        return units;
    }

    private static string Partition(ExposureKey key) => DocumentKey.Of(key.Tenant.Value, key.Model);

    private static string Number(int deployment) => deployment.ToString("D10", CultureInfo.InvariantCulture);

    private async Task<bool> WriteAsync(ExposureKey key, ExposureSheet sheet, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Id, ExposurePage Page, int Count)> dirty = sheet.Dirty();
        foreach ((string id, ExposurePage page, int count) in dirty)
        {
            DocumentWrite write = JsonDocuments.Upsert(DocumentKey.Of(Number(key.Deployment), id), page, ExposureJson.Default.ExposurePage);
            await documents.WriteAsync(Collection, Partition(key), write, cancellationToken);
            sheet.Written(id, count);
        }

        return dirty.Count > 0;
    }
}
