using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Access;

/// <summary>How callers are known.</summary>
public sealed record AccessOptions
{
    /// <summary>Characters of the operator's key at least: as many as 256 random bits take in base64.</summary>
    public const int MinOperatorKeyLength = 43;

    private byte[] operatorKeyHash = [];

    /// <summary>Whether whoever reaches this host may do everything while no key was ever made: only where nobody but this machine reaches it.</summary>
    public bool IsOpenWithoutKeys { get; init; }

    /// <summary>The operator's key, kept as its hash; null for none.</summary>
    public string? OperatorKey
    {
        init => operatorKeyHash = value is null ? [] : SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Whether an identity provider's tokens are accepted.</summary>
    public bool AcceptsTokens { get; init; }

    /// <summary>Whether somebody can be recognised before any key is made.</summary>
    public bool IsConfigured => operatorKeyHash.Length > 0 || AcceptsTokens;

    /// <summary>Whether a text is the operator's key, in time that does not depend on where it differs.</summary>
    public bool IsOperator(string text) =>
        operatorKeyHash.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), operatorKeyHash);
}
