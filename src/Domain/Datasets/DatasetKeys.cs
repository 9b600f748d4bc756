using System.Globalization;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Datasets;

/// <summary>
/// Keys and paths of datasets. Everything of one dataset lies in one partition, so that a version and its number are one
/// commit. Content lies under an id of its own.
/// </summary>
internal static class DatasetKeys
{
    public const string Collection = "datasets";
    public const string Container = "datasets";
    public const string Head = "head";

    private const string VersionPart = "v";
    private const string NamePart = "n";

    public static string Index(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Dataset(TenantId tenant, string name) => DocumentKey.Of(tenant.Value, name);

    public static string ByName(string name) => DocumentKey.Of(NamePart, name);

    public static string Version(int version) => DocumentKey.Of(VersionPart, (int.MaxValue - version).ToString("D10", CultureInfo.InvariantCulture));

    public static string ByUpload(string uploadId) => DocumentKey.Of("u", uploadId);

    public static string ByContent(string contentId) => DocumentKey.Of("c", contentId);

    public static DocumentQuery Names(TenantId tenant) => Range(Index(tenant), NamePart);

    public static DocumentQuery Versions(TenantId tenant, string name) => Range(Dataset(tenant, name), VersionPart);

    public static string Folder(TenantId tenant, string name) => $"{tenant.Value}/{name}/";

    public static string Content(TenantId tenant, string name, string contentId) => $"{Folder(tenant, name)}{contentId}/content";

    public static string Profile(TenantId tenant, string name, string contentId) => $"{Folder(tenant, name)}{contentId}/profile.json";

    private static DocumentQuery Range(string partition, string part)
    {
        (string from, string before) = DocumentKey.Within(part);
        return new(Collection, partition) { From = from, Before = before };
    }
}
