namespace Trainyard.Functions.Access.Tokens;

/// <summary>Which identity provider's tokens are accepted: Microsoft Entra ID or any other of OpenID Connect.</summary>
internal sealed record TokenOptions
{
    /// <summary>The issuer, letter by letter as it stands in tokens. Its keys are found by OpenID Connect Discovery below it.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>What tokens for this installation are made out to.</summary>
    public required string Audience { get; init; }

    /// <summary>The claim that names the tenant; the provider must not let users choose it.</summary>
    public string TenantClaim { get; init; } = "tid";

    /// <summary>The claim with the caller's roles: a text, or a list of texts.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>What precedes a scope's word in a role: with the default, the role <c>trainyard.read</c> gives <c>read</c>. Other roles give nothing.</summary>
    public string RolePrefix { get; init; } = "trainyard.";
}
