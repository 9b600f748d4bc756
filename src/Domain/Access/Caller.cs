using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>Who is asking, and for whom.</summary>
/// <param name="Kind">How that is known.</param>
/// <param name="Tenant">The tenant that the request acts for.</param>
/// <param name="Id">Names the caller in the audit log and its limits: a key's id, a token's subject. Never a secret.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record Caller(CallerKind Kind, TenantId Tenant, string Id, Scopes Scopes)
{
    /// <summary>Whoever asks a public endpoint.</summary>
    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, TenantId.Default, "anonymous", Scopes.None);

    /// <summary>Whoever sits at this machine, while no key was ever made.</summary>
    public static Caller Local { get; } = new(CallerKind.Local, TenantId.Default, "local", Scopes.Platform);

    /// <summary>Whether the caller may do what asks for a scope.</summary>
    public bool May(Scopes wanted) => Scopes.Hold(wanted);
}
