using System.Globalization;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>
/// Where pipelines live. A tenant's pipelines, the heads of their runs and the metrics history share one partition of
/// <see cref="Pipelines"/>, so that what belongs together is committed together; the steps of each run have a partition of
/// their own in <see cref="Runs"/>. Three indices serve all tenants and therefore begin with an empty tenant, which no tenant has.
/// </summary>
internal static class PipelineKeys
{
    public const string Pipelines = "pipelines";

    public const string Runs = "runs";

    private const string PipelineKind = "pipeline";
    private const string RunKind = "run";
    private const string MetricsKind = "metrics";
    private const string RequestKind = "request";

    // Above every letter, digit and hyphen, which are all that these ids are made of: "prefix + Last" closes a range.
    private const string Last = "~";

    public static string DuePartition { get; } = DocumentKey.Of("", "due");

    public static string TenantsPartition { get; } = DocumentKey.Of("", "tenants");

    public static string Tally { get; } = DocumentKey.Of("tally");

    public static string ActivePartition { get; } = DocumentKey.Of("", "active");

    public static string Partition(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string StepPartition(RunKey run) => DocumentKey.Of(run.Tenant, run.RunId);

    public static string Pipeline(string pipelineId) => DocumentKey.Of(PipelineKind, pipelineId);

    public static string Run(string pipelineId, RunId run) => DocumentKey.Of(RunKind, pipelineId, DocumentKey.NewestFirst(run.Moment), run.ToString());

    public static string Metrics(string pipelineId, RunId run) => DocumentKey.Of(MetricsKind, pipelineId, DocumentKey.NewestFirst(run.Moment), run.ToString());

    public static string Request(string pipelineId, string requestId) => DocumentKey.Of(RequestKind, pipelineId, requestId);

    public static string Due(DueEntry entry) => DocumentKey.Of(Ticks(entry.Slot), entry.Tenant, entry.PipelineId);

    public static string DueAfter(DateTimeOffset moment) => Ticks(moment.AddTicks(1));

    public static string Active(RunKey run) => DocumentKey.Of(run.Tenant, run.PipelineId, run.RunId);

    public static string Step(string name, int? candidate)
    {
        int order = StepName.InOrder.Index().First(each => each.Item == name).Index;
        return DocumentKey.Of(order.ToString("D2", CultureInfo.InvariantCulture), (candidate ?? 0).ToString("D4", CultureInfo.InvariantCulture));
    }

    public static DocumentQuery AllPipelines(TenantId tenant) => Prefix(tenant, DocumentKey.Of(PipelineKind, ""));

    public static DocumentQuery AllRuns(TenantId tenant, string pipelineId) => Prefix(tenant, DocumentKey.Of(RunKind, pipelineId, ""));

    public static DocumentQuery AllMetrics(TenantId tenant, string pipelineId) => Prefix(tenant, DocumentKey.Of(MetricsKind, pipelineId, ""));

    public static DocumentQuery AllRequests(TenantId tenant, string pipelineId) => Prefix(tenant, DocumentKey.Of(RequestKind, pipelineId, ""));

    private static DocumentQuery Prefix(TenantId tenant, string prefix) =>
        new(Pipelines, Partition(tenant)) { From = prefix, Before = prefix + Last };

    private static string Ticks(DateTimeOffset moment) => moment.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
