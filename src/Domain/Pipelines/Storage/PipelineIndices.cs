using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>Lists over all tenants, so that a tick reads what is due and what is under way instead of every pipeline.</summary>
internal sealed class PipelineIndices(IDocumentStore documents)
{
    /// <summary>Adds what a change is about to need.</summary>
    public async Task AddAsync(TenantId tenant, PipelineSnapshot before, PipelineChange change, CancellationToken cancellationToken)
    {
        if (change.Pipeline is not null && before.Pipeline is null)
        {
            DocumentWrite write = JsonDocuments.Upsert(DocumentKey.Of(tenant.Value), new TenantEntry(tenant.Value), PipelineJson.Default.TenantEntry);
            await documents.WriteAsync(PipelineKeys.Pipelines, PipelineKeys.TenantsPartition, write, cancellationToken);
        }

        if (change.Pipeline is { NextRun: { } slot } pipeline && slot != before.Pipeline?.NextRun)
        {
            DueEntry entry = new(tenant.Value, pipeline.Id, slot);
            DocumentWrite write = JsonDocuments.Upsert(PipelineKeys.Due(entry), entry, PipelineJson.Default.DueEntry);
            await documents.WriteAsync(PipelineKeys.Pipelines, PipelineKeys.DuePartition, write, cancellationToken);
        }

        if (change.Run is { } run && before.Run is null)
        {
            ActiveEntry entry = new(new RunKey(tenant.Value, run.PipelineId, run.Id), run.CreatedAt);
            DocumentWrite write = JsonDocuments.Upsert(PipelineKeys.Active(entry.Run), entry, PipelineJson.Default.ActiveEntry);
            await documents.WriteAsync(PipelineKeys.Runs, PipelineKeys.ActivePartition, write, cancellationToken);
        }
    }

    /// <summary>
    /// Removes the entry of a run that a committed change ended. That of a slot which passed stays for the scheduler: by its key
    /// it may meanwhile be somebody else's, who set the schedule back.
    /// </summary>
    public async Task RemoveAsync(TenantId tenant, PipelineChange change, CancellationToken cancellationToken)
    {
        if (change.Run is { } run && run.Status.IsEnd())
        {
            DocumentWrite delete = DocumentWrite.Delete(PipelineKeys.Active(new RunKey(tenant.Value, run.PipelineId, run.Id)));
            await documents.WriteAsync(PipelineKeys.Runs, PipelineKeys.ActivePartition, delete, cancellationToken);
        }
    }

    /// <summary>Removes an entry as it was seen.</summary>
    public Task RemoveAsync(Stored<DueEntry> entry, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(PipelineKeys.Pipelines, PipelineKeys.DuePartition, entry, cancellationToken);

    /// <summary>Removes an entry as it was seen.</summary>
    public Task RemoveAsync(Stored<ActiveEntry> entry, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(PipelineKeys.Runs, PipelineKeys.ActivePartition, entry, cancellationToken);

    /// <summary>Entries whose slot is not after a moment, oldest first.</summary>
    public IAsyncEnumerable<Stored<DueEntry>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        documents.ReadAllAsync(
            new DocumentQuery(PipelineKeys.Pipelines, PipelineKeys.DuePartition) { Before = PipelineKeys.DueAfter(now) },
            PipelineJson.Default.DueEntry,
            cancellationToken);

    /// <summary>Runs that are, or are about to be, or were just now, under way.</summary>
    public IAsyncEnumerable<Stored<ActiveEntry>> ActiveAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new DocumentQuery(PipelineKeys.Runs, PipelineKeys.ActivePartition), PipelineJson.Default.ActiveEntry, cancellationToken);
}
