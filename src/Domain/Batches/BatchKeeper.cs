using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches;

/// <summary>Takes up what a crash left of jobs. Called by a timer on every host; what is done twice changes nothing.</summary>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="ending">Ends jobs that are lost.</param>
public sealed class BatchKeeper(IDocumentStore documents, BatchEnding ending)
{
    private readonly BatchStore store = new(documents);

    /// <summary>Starts recorded jobs whose orchestration was never started, and ends those whose orchestration ended without them.</summary>
    public async Task<BatchReport> TickAsync(IBatchOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        List<BatchKey> lost = [];
        List<(BatchKey, Exception)> left = [];
        await foreach (Stored<BatchTenant> entry in store.TenantsAsync(cancellationToken))
        {
            if (!TenantId.TryParse(entry.Value.Tenant, out TenantId? tenant))
            {
                continue;
            }

            foreach (string jobId in (await store.ActiveAsync(tenant, cancellationToken)).JobIds)
            {
                BatchKey key = new(tenant.Value, jobId);
                try
                {
                    if (await TakeUpAsync(key, orchestrations, cancellationToken))
                    {
                        lost.Add(key);
                    }
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    // One job that cannot be taken up keeps no other from it.
                    left.Add((key, failure));
                }
            }
        }

        return new BatchReport(lost, left);
    }

    // Answers whether the job was lost.
    private async Task<bool> TakeUpAsync(BatchKey key, IBatchOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        OrchestrationState state = await orchestrations.GetStateAsync(key, cancellationToken);

        // Read after the orchestration was looked at: one that ends its job and itself in between is not taken for lost.
        if ((await store.FindAsync(key.TenantId, key.JobId, cancellationToken))?.Value is not { IsOver: false } job || state == OrchestrationState.UnderWay)
        {
            return false;
        }

        if (state == OrchestrationState.Absent && job.Status == BatchStatus.Queued)
        {
            await orchestrations.StartAsync(key, cancellationToken);
            return false;
        }

        BatchFailure failure = new("batch_lost", "The job's orchestration ended before the job did; an operator may have terminated it. Start the job again.");
        await ending.EndAsync(key, BatchStatus.Failed, failure, cancellationToken);
        return true;
    }
}
