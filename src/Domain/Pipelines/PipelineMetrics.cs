using Trainyard.Domain.Documents;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines;

/// <summary>The runs of all pipelines in numbers, from what is stored: neither a restart nor a deleted pipeline lowers them.</summary>
/// <param name="documents">Where they are counted.</param>
public sealed class PipelineMetrics(IDocumentStore documents) : IMetricSource
{
    private const string RunsTotal = "mlops_pipeline_runs_total";
    private const string SuccessRate = "mlops_pipeline_success_rate";

    /// <inheritdoc />
    public async Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        RunTally tally = RunTally.None;
        DocumentQuery tenants = new(PipelineKeys.Pipelines, PipelineKeys.TenantsPartition);
        await foreach (Stored<TenantEntry> entry in documents.ReadAllAsync(tenants, PipelineJson.Default.TenantEntry, cancellationToken))
        {
            tally = tally.Plus(await ReadAsync(entry.Value, cancellationToken));
        }

        text.Header(RunsTotal, "counter", "Runs of pipelines that ended, by how.");
        text.Sample(RunsTotal, "status", "deployed", tally.Deployed);
        text.Sample(RunsTotal, "status", "completed", tally.Completed);
        text.Sample(RunsTotal, "status", "rejected", tally.Rejected);
        text.Sample(RunsTotal, "status", "failed", tally.Failed);
        text.Sample(RunsTotal, "status", "cancelled", tally.Cancelled);
        long succeeded = tally.Deployed + tally.Completed;
        long judged = succeeded + tally.Rejected + tally.Failed;
        text.Header(SuccessRate, "gauge", "Share of ended runs, those cancelled aside, whose model passed its gate; NaN before the first.");
        text.Sample(SuccessRate, judged == 0 ? double.NaN : (double)succeeded / judged);
    }

    private async Task<RunTally> ReadAsync(TenantEntry entry, CancellationToken cancellationToken)
    {
        if (!TenantId.TryParse(entry.Tenant, out TenantId? tenant))
        {
            return RunTally.None;
        }

        Stored<RunTally>? stored = await documents.ReadAsync(
            PipelineKeys.Pipelines, PipelineKeys.Partition(tenant), PipelineKeys.Tally, PipelineJson.Default.RunTally, cancellationToken);
        return stored?.Value ?? RunTally.None;
    }
}
