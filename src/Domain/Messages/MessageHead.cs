using System.Security.Cryptography;
using System.Text;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Messages;

/// <summary>Whose a message is, and what it is called: the same however often it is delivered.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">What it is called.</param>
public sealed record MessageHead(TenantId Tenant, string Id)
{
    private const int MaxIdLength = 255;

    /// <summary>An id of what the message asks for: of tenant and message alone, so that whoever handles it, and however often, comes to the same.</summary>
    public string Derived => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant.Value}\n{Id}")).AsSpan(0, 16)).ToString();

    /// <summary>The head of a message.</summary>
    /// <param name="tenant">What it says; null for the tenant of an installation that has only one.</param>
    /// <param name="messageId">What it says; null for the id that the queue gave it.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>.</exception>
    public static MessageHead Of(string? tenant, string? messageId, string deliveredId)
    {
        TenantId whose = tenant is null ? TenantId.Default
            : TenantId.TryParse(tenant, out TenantId? named) ? named
            : throw Invalid("'tenant' must be 1 to 64 lower-case letters, digits and hyphens, beginning with a letter or digit.", "tenant");
        string id = messageId ?? deliveredId;
        return id.Length is > 0 and <= MaxIdLength ? new MessageHead(whose, id) : throw Invalid($"'message_id' must have 1 to {MaxIdLength} characters.", "message_id");
    }

    private static ProblemException Invalid(string detail, string field) => new(new Problem(ProblemKind.Malformed, "message_invalid", detail, field));
}
