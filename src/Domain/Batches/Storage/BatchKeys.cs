using System.Globalization;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Batches.Storage;

/// <summary>
/// Where jobs live. All of a tenant's lie in one partition, so that a job, its place among those under way and the ends of
/// its stretches are counted in one commit. Its files lie in a folder of their own.
/// </summary>
internal static class BatchKeys
{
    public const string Collection = "batches";
    public const string Container = "batches";

    private const string JobPart = "job";
    private const string NewestPart = "new";
    private const string ChunkPart = "chunk";

    public static string Active { get; } = DocumentKey.Of("active");

    /// <summary>Serves all tenants, and therefore begins with an empty one, which no tenant is.</summary>
    public static string Tenants { get; } = DocumentKey.Of("", "tenants");

    public static string Partition(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Job(string jobId) => DocumentKey.Of(JobPart, jobId);

    public static string Newest(BatchJob job) => DocumentKey.Of(NewestPart, DocumentKey.NewestFirst(job.CreatedAt), job.Id);

    public static string Chunk(string jobId, int index) => DocumentKey.Of(ChunkPart, jobId, index.ToString("D9", CultureInfo.InvariantCulture));

    /// <summary>The list of jobs, newest first.</summary>
    public static DocumentQuery Jobs(TenantId tenant) => Range(tenant, DocumentKey.Within(NewestPart));

    /// <summary>The list of jobs that were asked for before a moment.</summary>
    public static DocumentQuery JobsBefore(TenantId tenant, DateTimeOffset moment) =>
        Jobs(tenant) with { From = DocumentKey.Of(NewestPart, DocumentKey.NewestFirst(moment)) };

    public static DocumentQuery Chunks(TenantId tenant, string jobId) => Range(tenant, DocumentKey.Within(ChunkPart, jobId));

    public static string Folder(BatchKey job) => $"{job.Tenant}/{job.JobId}/";

    /// <summary>The job's own copy of the model file, named by its content: a repeated start may find another version deployed.</summary>
    public static string Model(BatchKey job, string sha256) => $"{Folder(job)}model-{sha256}.tym";

    /// <summary>Rows that came with the request, or were fetched from elsewhere.</summary>
    public static string Source(BatchKey job) => $"{Folder(job)}rows";

    public static string Plan(BatchKey job) => $"{Folder(job)}plan.json";

    public static string Part(BatchKey job, int index) => string.Create(CultureInfo.InvariantCulture, $"{Folder(job)}parts/{index:D9}");

    /// <summary>The file of a stretch that was set aside: another than that of its rows, which a belated attempt may still write.</summary>
    public static string FailedPart(BatchKey job, int index) => $"{Part(job, index)}-failed";

    public static string Results(BatchKey job) => $"{Folder(job)}results";

    private static DocumentQuery Range(TenantId tenant, (string From, string Before) range) =>
        new(Collection, Partition(tenant)) { From = range.From, Before = range.Before };
}
