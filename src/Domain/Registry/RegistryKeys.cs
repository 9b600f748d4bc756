using System.Globalization;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry;

/// <summary>
/// Keys of the collection <c>models</c>. Everything of one model lies in one partition, so that a version or a deployment
/// and what it changes are one commit; a partition of pointers per tenant lists models and finds them by id.
/// </summary>
internal static class RegistryKeys
{
    public const string Collection = "models";
    public const string Head = "head";

    private const string VersionPart = "v";
    private const string DeploymentPart = "d";
    private const string NamePart = "n";

    public static string Index(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Model(TenantId tenant, string name) => DocumentKey.Of(tenant.Value, name);

    public static string ByName(string name) => DocumentKey.Of(NamePart, name);

    public static string ById(string id) => DocumentKey.Of("i", id);

    public static string Version(int sequence) => DocumentKey.Of(VersionPart, NewestFirst(sequence));

    public static string Run(string runId) => DocumentKey.Of("r", runId);

    public static string Deployment(int number) => DocumentKey.Of(DeploymentPart, NewestFirst(number));

    public static string Operation(string operationId) => DocumentKey.Of("o", operationId);

    public static DocumentQuery Names(TenantId tenant) => Range(Index(tenant), NamePart);

    public static DocumentQuery Versions(TenantId tenant, string name) => Range(Model(tenant, name), VersionPart);

    public static DocumentQuery Deployments(TenantId tenant, string name) => Range(Model(tenant, name), DeploymentPart);

    private static string NewestFirst(int number) => (int.MaxValue - number).ToString("D10", CultureInfo.InvariantCulture);

    private static DocumentQuery Range(string partition, string part)
    {
        (string from, string before) = DocumentKey.Within(part);
        return new(Collection, partition) { From = from, Before = before };
    }
}
