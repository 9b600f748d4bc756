using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Feedback;

/// <summary>
/// Keys of the collection <c>feedback</c>. All of one model lies in one partition, so that a record and the sums that hold it are one commit; sums
/// are kept in <see cref="Shards"/> parts, so that those who record at the same time seldom meet.
/// </summary>
internal static class FeedbackKeys
{
    public const string Collection = "feedback";

    /// <summary>Parts of the sums of a version.</summary>
    public const int Shards = 16;

    private const string RecordPart = "r";
    private const string VersionPart = "v";
    private const string DeploymentPart = "d";
    private const string UnitPart = "u";

    public static string Model(TenantId tenant, string model) => DocumentKey.Of(tenant.Value, model);

    /// <summary>Predictions of later requests first.</summary>
    public static string Record(PredictionId id) => DocumentKey.Of(RecordPart, DocumentKey.NewestFirst(id.At), id.ToString());

    public static string Version(int sequence, int shard) => DocumentKey.Of(VersionPart, NewestFirst(sequence), Number(shard));

    public static string Deployment(int deployment, int sequence, int shard) => DocumentKey.Of(DeploymentPart, Number(deployment), Number(sequence), Number(shard));

    public static string Units(int deployment, int bucket) => DocumentKey.Of(UnitPart, Number(deployment), Number(bucket));

    /// <summary>Hashed, for an operation may be named by whoever sends a message.</summary>
    public static string Mark(string operationId, int shard, int chunk) =>
        DocumentKey.Of("m", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(operationId))), Number(shard), Number(chunk));

    /// <summary>Which part of the sums a prediction is counted in, for ever.</summary>
    public static int ShardOf(PredictionId id) => SHA256.HashData(Encoding.ASCII.GetBytes(id.ToString()))[0] % Shards;

    /// <summary>Records of predictions from one moment to before another.</summary>
    public static DocumentQuery Records(TenantId tenant, string model, DateTimeOffset? from, DateTimeOffset? to)
    {
        (string first, string end) = DocumentKey.Within(RecordPart);
        return new DocumentQuery(Collection, Model(tenant, model))
        {
            From = to is { } before ? DocumentKey.Of(RecordPart, DocumentKey.NewestFirst(before.AddTicks(-1))) : first,
            Before = from is { } since ? DocumentKey.Of(RecordPart, DocumentKey.NewestFirst(since.AddTicks(-1))) : end,
        };
    }

    public static DocumentQuery Versions(TenantId tenant, string model) => Range(tenant, model, VersionPart);

    public static DocumentQuery Version(TenantId tenant, string model, int sequence) => Range(tenant, model, VersionPart, NewestFirst(sequence));

    public static DocumentQuery Deployment(TenantId tenant, string model, int deployment) => Range(tenant, model, DeploymentPart, Number(deployment));

    public static DocumentQuery Units(TenantId tenant, string model, int deployment) =>
        Range(tenant, model, UnitPart, Number(deployment)) with { PageSize = DocumentLimits.MaxPageSize };

    /// <summary>The version whose sums lie under a key.</summary>
    public static int SequenceOf(string versionRow) => int.MaxValue - Part(versionRow, 1);

    /// <summary>The same, of the sums of a deployment.</summary>
    public static int SequenceOfDeployment(string deploymentRow) => Part(deploymentRow, 2);

    // Parts of digits alone are written as they are.
    private static int Part(string row, int index) => int.Parse(row.Split('!')[index], NumberStyles.None, CultureInfo.InvariantCulture);

    private static DocumentQuery Range(TenantId tenant, string model, params ReadOnlySpan<string> parts)
    {
        (string from, string before) = DocumentKey.Within(parts);
        return new(Collection, Model(tenant, model)) { From = from, Before = before };
    }

    private static string NewestFirst(int number) => Number(int.MaxValue - number);

    private static string Number(int number) => number.ToString("D10", CultureInfo.InvariantCulture);
}
