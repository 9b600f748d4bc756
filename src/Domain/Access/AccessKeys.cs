using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>Where keys lie: a partition per tenant, and one for the installation, which begins with an empty tenant that no tenant has.</summary>
internal static class AccessKeys
{
    public const string Collection = "keys";

    private const string KeyPart = "k";
    private const string UsePart = "u";

    public static string InstallationPartition { get; } = DocumentKey.Of("", "installation");

    public static string Marker { get; } = DocumentKey.Of("marker");

    public static string Partition(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Key(string keyId) => DocumentKey.Of(KeyPart, keyId);

    public static string Use(string keyId) => DocumentKey.Of(UsePart, keyId);

    public static DocumentQuery AllKeys(TenantId tenant)
    {
        (string from, string before) = DocumentKey.Within(KeyPart);
        return new(Collection, Partition(tenant)) { From = from, Before = before };
    }
}
