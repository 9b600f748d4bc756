using System.Security.Cryptography;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>A public key of an identity provider, bound to the algorithms that its kind allows. Thread safe.</summary>
/// <remarks>
/// A token says by which algorithm it is signed; a key that answers only to its own kind's leaves no room to pass a public
/// RSA key off as the secret of an HMAC, nor for <c>none</c> (RFC 8725, sections 2.1 and 3.1).
/// </remarks>
internal abstract class SigningKey
{
    private protected SigningKey(string? id, string? algorithm) => (Id, Algorithm) = (id, algorithm);

    /// <summary>Its id; null when the provider gives none.</summary>
    public string? Id { get; }

    /// <summary>The one algorithm that the provider uses it with; null when it does not say.</summary>
    public string? Algorithm { get; }

    /// <summary>Whether a signature over data is this key's by an algorithm.</summary>
    public bool Verifies(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        (Algorithm is null || Algorithm == algorithm) && VerifiesByKind(algorithm, data, signature);

    private protected abstract bool VerifiesByKind(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    private protected static HashAlgorithmName HashOf(string algorithm) => algorithm[2..] switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };
}
