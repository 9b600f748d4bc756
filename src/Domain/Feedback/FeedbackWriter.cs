using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Feedback;

/// <summary>Writes records with all the sums that hold them, in one commit of some at a time. Thread safe.</summary>
/// <remarks>
/// A commit holds the records, their version's and deployment's sums, and the mark of the operation: whoever repeats it after a crash between any two
/// commits finds which were made. A prediction is always counted in the same part of the sums.
/// </remarks>
internal sealed class FeedbackWriter(IDocumentStore documents)
{
    // Each may bring a record, two sums and one unit; with the mark they stay within a commit.
    private const int MaxOfCommit = (DocumentLimits.MaxBatch - 1) / 4;

    /// <summary>Writes all, part by part.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="model">Its name.</param>
    /// <param name="drafts">What to write, each prediction once.</param>
    /// <param name="operationId">A repeat under the same one writes nothing; null where a repeat is as good as new.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What became of each, in their order.</returns>
    public async Task<IReadOnlyList<FeedbackReceipt>> WriteAsync(
        TenantId tenant, string model, IReadOnlyList<FeedbackDraft> drafts, string? operationId, CancellationToken cancellationToken)
    {
        Dictionary<string, FeedbackReceipt> receipts = new(StringComparer.Ordinal);
        foreach (IGrouping<int, FeedbackDraft> shard in drafts.GroupBy(draft => FeedbackKeys.ShardOf(draft.Id)))
        {
            foreach ((int chunk, FeedbackDraft[] part) in shard.Chunk(MaxOfCommit).Index())
            {
                string? mark = operationId is null ? null : FeedbackKeys.Mark(operationId, shard.Key, chunk);
                IReadOnlyList<FeedbackReceipt> made = await Contention.RetryAsync(
                    token => WritePartAsync(FeedbackKeys.Model(tenant, model), shard.Key, part, mark, token), cancellationToken);
                foreach (FeedbackReceipt receipt in made)
                {
                    receipts[receipt.PredictionId] = receipt;
                }
            }
        }

        return [.. drafts.Select(draft => receipts[draft.Record.PredictionId])];
    }

    private async Task<IReadOnlyList<FeedbackReceipt>> WritePartAsync(
        string partition, int shard, FeedbackDraft[] drafts, string? mark, CancellationToken cancellationToken)
    {
        if (mark is not null && await documents.ReadAsync(FeedbackKeys.Collection, partition, mark, FeedbackJson.Default.FeedbackMark, cancellationToken) is { } done)
        {
            return done.Value.Receipts;
        }

        FeedbackCommit commit = new(documents, partition, shard);
        Stored<FeedbackRecord>?[] current = await Task.WhenAll(drafts.Select(draft => documents.ReadAsync(
            FeedbackKeys.Collection, partition, FeedbackKeys.Record(draft.Id), FeedbackJson.Default.FeedbackRecord, cancellationToken)));
        FeedbackReceipt[] receipts = new FeedbackReceipt[drafts.Length];
        for (int index = 0; index < drafts.Length; index++)
        {
            receipts[index] = await commit.AddAsync(drafts[index], current[index], cancellationToken);
        }

        await commit.MakeAsync(mark, new FeedbackMark(receipts), cancellationToken);
        return receipts;
    }
}
