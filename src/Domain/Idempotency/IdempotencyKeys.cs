using System.Security.Cryptography;
using System.Text;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Idempotency;

/// <summary>Where requests are remembered: a partition per tenant, and one that lists the tenants, which begins with an empty tenant that no tenant has.</summary>
internal static class IdempotencyKeys
{
    public const string Collection = "idempotency";

    public static string Tenants { get; } = DocumentKey.Of("", "tenants");

    public static string Tenant(TenantId tenant) => DocumentKey.Of(tenant.Value);

    public static string Partition(TenantId tenant) => DocumentKey.Of(tenant.Value);

    // Hashed, since a key of 255 characters can exceed a row key once its special characters are escaped.
    public static string Row(string operation, string key) => DocumentKey.Of(operation, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key))));
}
