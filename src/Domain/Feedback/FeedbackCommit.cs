using Trainyard.Domain.Documents;
using Trainyard.Domain.Evidence;
using Trainyard.Domain.Feedback.Units;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Feedback;

/// <summary>What is written together, upon what was read. Not thread safe; for one attempt.</summary>
internal sealed class FeedbackCommit(IDocumentStore documents, string partition, int shard)
{
    private readonly Dictionary<string, (Stored<FeedbackCounts>? Current, FeedbackCounts Next)> sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Stored<UnitBucket>? Current, UnitBucket Next)> units = new(StringComparer.Ordinal);
    private readonly List<DocumentWrite> writes = [];

    /// <summary>Adds a record, new or in place of one; what was told before is not written again.</summary>
    public async Task<FeedbackReceipt> AddAsync(FeedbackDraft draft, Stored<FeedbackRecord>? current, CancellationToken cancellationToken)
    {
        if (current is not null && current.Value.TellsAs(draft.Record))
        {
            return Receipt(current.Value, FeedbackStatus.Unchanged);
        }

        FeedbackRecord record = draft.Record with { Revision = (current?.Value.Revision ?? 0) + 1 };
        writes.Add(JsonDocuments.InsertOrReplace(FeedbackKeys.Record(draft.Id), record, current, FeedbackJson.Default.FeedbackRecord));
        await CountAsync(FeedbackKeys.Version(record.Sequence, shard), new FeedbackCounts(), record, current?.Value, cancellationToken);
        if (draft.Deployed is { Traffic.IsSplit: true })
        {
            // Only where versions are compared, so that the sums of a model do not grow with every deployment.
            string row = FeedbackKeys.Deployment(record.Deployment, record.Sequence, shard);
            await CountAsync(row, new FeedbackCounts { Errors = new NumberCounts() }, record, current?.Value, cancellationToken);
        }

        if (draft.Deployed is { Traffic.Test: not null })
        {
            await CountUnitAsync(FeedbackKeys.Units(record.Deployment, UnitBucket.Of(draft.Id.Unit)), draft.Id.Unit, record, cancellationToken);
        }

        return Receipt(record, current is null ? FeedbackStatus.Recorded : FeedbackStatus.Replaced);
    }

    /// <summary>Writes all of it, or nothing.</summary>
    /// <exception cref="DocumentStoreException">Somebody else wrote some of it since it was read.</exception>
    public async Task MakeAsync(string? mark, FeedbackMark receipts, CancellationToken cancellationToken)
    {
        List<DocumentWrite> all =
        [
            .. writes,
            .. sums.Select(sum => JsonDocuments.InsertOrReplace(sum.Key, sum.Value.Next, sum.Value.Current, FeedbackJson.Default.FeedbackCounts)),
            .. units.Select(bucket => JsonDocuments.InsertOrReplace(bucket.Key, bucket.Value.Next, bucket.Value.Current, FeedbackJson.Default.UnitBucket)),
        ];
        if (mark is not null)
        {
            all.Add(JsonDocuments.Insert(mark, receipts, FeedbackJson.Default.FeedbackMark));
        }

        if (all.Count > 0)
        {
            await documents.CommitAsync(FeedbackKeys.Collection, partition, all, cancellationToken);
        }
    }

    private static FeedbackReceipt Receipt(FeedbackRecord record, FeedbackStatus status) =>
        new(record.PredictionId, record.Sequence, status, record.Correct, record.Error, record.RecordedAt);

    private async Task CountUnitAsync(string row, ulong unit, FeedbackRecord record, CancellationToken cancellationToken)
    {
        if (!units.TryGetValue(row, out (Stored<UnitBucket>? Current, UnitBucket Next) bucket))
        {
            Stored<UnitBucket>? current = await documents.ReadAsync(FeedbackKeys.Collection, partition, row, FeedbackJson.Default.UnitBucket, cancellationToken);
            bucket = (current, current?.Value ?? UnitBucket.Empty);
        }

        units[row] = (bucket.Current, bucket.Next.With(unit, record));
    }

    private async Task CountAsync(string row, FeedbackCounts nothing, FeedbackRecord record, FeedbackRecord? replaced, CancellationToken cancellationToken)
    {
        if (!sums.TryGetValue(row, out (Stored<FeedbackCounts>? Current, FeedbackCounts Next) sum))
        {
            Stored<FeedbackCounts>? current = await documents.ReadAsync(FeedbackKeys.Collection, partition, row, FeedbackJson.Default.FeedbackCounts, cancellationToken);
            sum = (current, current?.Value ?? nothing);
        }

        FeedbackCounts before = replaced is null ? sum.Next : sum.Next.With(replaced, sign: -1);
        sums[row] = (sum.Current, before.With(record, sign: 1));
    }
}
