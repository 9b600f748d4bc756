using System.Security.Cryptography;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>ECDSA on the curve that the algorithm names (RFC 7518, section 3.4).</summary>
internal sealed class EcSigningKey : SigningKey
{
    private readonly ECParameters parameters;
    private readonly string algorithmOfCurve;

    private EcSigningKey(string? id, string? algorithm, ECParameters parameters, string algorithmOfCurve)
        : base(id, algorithm) => (this.parameters, this.algorithmOfCurve) = (parameters, algorithmOfCurve);

    /// <summary>A key on one of the three curves; null for any other, and for a point that is not on its curve.</summary>
    public static EcSigningKey? TryCreate(string? id, string? algorithm, string? curve, byte[] x, byte[] y)
    {
        (ECCurve Curve, string Algorithm)? known = curve switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256"),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384"),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512"),
            _ => null,
        };
        if (known is not { } found)
        {
            return null;
        }

        ECParameters given = new() { Curve = found.Curve, Q = new ECPoint { X = x, Y = y } };
        try
        {
            using ECDsa probe = ECDsa.Create(given);
            return new EcSigningKey(id, algorithm, given, found.Algorithm);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private protected override bool VerifiesByKind(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm != algorithmOfCurve)
        {
            return false;
        }

        using ECDsa key = ECDsa.Create(parameters);
        return key.VerifyData(data, signature, HashOf(algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
