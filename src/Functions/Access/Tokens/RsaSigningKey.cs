using System.Security.Cryptography;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>RSASSA-PKCS1-v1_5 and RSASSA-PSS with SHA-2 (RFC 7518, sections 3.3 and 3.5).</summary>
internal sealed class RsaSigningKey : SigningKey
{
    /// <summary>Bits of a modulus at least (RFC 7518, section 3.3).</summary>
    public const int MinBits = 2048;

    private readonly RSAParameters parameters;

    private RsaSigningKey(string? id, string? algorithm, RSAParameters parameters)
        : base(id, algorithm) => this.parameters = parameters;

    /// <summary>A key of at least <see cref="MinBits"/>; null for a shorter one, and for numbers that are none.</summary>
    public static RsaSigningKey? TryCreate(string? id, string? algorithm, byte[] modulus, byte[] exponent)
    {
        RSAParameters given = new() { Modulus = modulus, Exponent = exponent };
        try
        {
            using RSA probe = RSA.Create(given);
            return probe.KeySize >= MinBits ? new RsaSigningKey(id, algorithm, given) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private protected override bool VerifiesByKind(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        RSASignaturePadding? padding = algorithm switch
        {
            "RS256" or "RS384" or "RS512" => RSASignaturePadding.Pkcs1,
            "PS256" or "PS384" or "PS512" => RSASignaturePadding.Pss,
            _ => null,
        };
        if (padding is null)
        {
            return false;
        }

        // RSA objects are not thread safe; making one costs little beside the verification.
        using RSA rsa = RSA.Create(parameters);
        return rsa.VerifyData(data, signature, HashOf(algorithm), padding);
    }
}
