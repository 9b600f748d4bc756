using System.Globalization;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Storage;

/// <summary>
/// Keys of the collection <c>models</c>. Everything of one model lies in one partition, so that a version or a deployment
/// and what it changes are one commit; a partition of pointers per tenant lists models and finds them by id.
/// </summary>
internal static class RegistryKeys
{
    public const string Collection = "models";
    public const string Head = "head";

    /// <summary>What is under way of all tenants and may leave files lying, in one place so that one sweep finds them.</summary>
    public const string LeftoverCollection = "modelleftovers";
    public const string LeftoverPartition = "all";

    private const string VersionPart = "v";
    private const string DeploymentPart = "d";
    private const string NamePart = "n";
    private const string EventPart = "h";
    private const string AliasPart = "a";

    public static string Index(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Model(TenantId tenant, string name) => DocumentKey.Of(tenant.Value, name);

    public static string ByName(string name) => DocumentKey.Of(NamePart, name);

    public static string ById(string id) => DocumentKey.Of("i", id);

    public static string Version(int sequence) => DocumentKey.Of(VersionPart, NewestFirst(sequence));

    public static string Run(string runId) => DocumentKey.Of("r", runId);

    public static string Deployment(int number) => DocumentKey.Of(DeploymentPart, NewestFirst(number));

    public static string Operation(string operationId) => DocumentKey.Of("o", operationId);

    public static string Creation(string operationId) => DocumentKey.Of("c", operationId);

    public static string Event(int number) => DocumentKey.Of(EventPart, NewestFirst(number));

    public static string Alias(string alias, DateTimeOffset at, int number) =>
        DocumentKey.Of(AliasPart, alias, DocumentKey.NewestFirst(at), NewestFirst(number));

    public static string Leftover(TenantId tenant, params ReadOnlySpan<string> parts) => DocumentKey.Of([tenant.Value, .. parts]);

    public static DocumentQuery Names(TenantId tenant, string? prefix = null)
    {
        DocumentQuery all = Range(Index(tenant), NamePart);
        if (string.IsNullOrEmpty(prefix))
        {
            return all;
        }

        // Names are ASCII letters, digits and three marks, all of them before this character.
        return all with { From = ByName(prefix), Before = ByName(prefix + '{') };
    }

    public static DocumentQuery Versions(TenantId tenant, string name) => Range(Model(tenant, name), VersionPart);

    public static DocumentQuery Deployments(TenantId tenant, string name) => Range(Model(tenant, name), DeploymentPart);

    public static DocumentQuery Events(TenantId tenant, string name) => Range(Model(tenant, name), EventPart);

    /// <summary>What an alias pointed to, from a moment backwards.</summary>
    public static DocumentQuery AliasAsOf(TenantId tenant, string name, string alias, DateTimeOffset asOf) => new(Collection, Model(tenant, name))
    {
        From = DocumentKey.Of(AliasPart, alias, DocumentKey.NewestFirst(asOf)),
        Before = DocumentKey.Within(AliasPart, alias).Before,
    };

    private static string NewestFirst(int number) => (int.MaxValue - number).ToString("D10", CultureInfo.InvariantCulture);

    private static DocumentQuery Range(string partition, string part)
    {
        (string from, string before) = DocumentKey.Within(part);
        return new(Collection, partition) { From = from, Before = before };
    }
}
