using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>The text that a caller sends as its key: <c>ty_{tenant}_{key id}_{secret}</c>. Tenant and id find the key without a search.</summary>
/// <remarks>The leading <c>ty_</c> lets scanners of leaked secrets know what they found.</remarks>
public sealed class ApiKeyToken
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "ty_";

    /// <summary>Bytes of a secret: 256 bits.</summary>
    public const int SecretBytes = 32;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    private const char Separator = '_';
    private const int Parts = 4;

    // Tenant, id and secret at their longest; whatever is longer is not looked at.
    private const int MaxLength = 512;

    private ApiKeyToken(TenantId tenant, string keyId, byte[] secret) => (Tenant, KeyId, Secret) = (tenant, keyId, secret);

    /// <summary>Whose key it says it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>Which key it says it is.</summary>
    public string KeyId { get; }

    /// <summary>What proves it.</summary>
    public byte[] Secret { get; }

    /// <summary>A new secret for a key.</summary>
    public static ApiKeyToken Create(TenantId tenant, string keyId) => new(tenant, keyId, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a token; false when the text is not one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyToken? token)
    {
        token = null;
        if (text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        // The secret comes last, as its alphabet has the separator.
        Span<Range> parts = stackalloc Range[Parts];
        if (text.AsSpan().Split(parts, Separator) < Parts)
        {
            return false;
        }

        string keyId = text[parts[2]];
        if (TenantId.TryParse(text[parts[1]], out TenantId? tenant) && ResourceName.IsValid(keyId) && TryDecode(text.AsSpan(parts[3]), out byte[]? secret))
        {
            token = new ApiKeyToken(tenant, keyId, secret);
        }

        return token is not null;
    }

    /// <summary>Takes a text apart without copying it; false when it does not have the parts of a token.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="handle">Tenant and id as they stand in the token: <see cref="HandleOf"/>.</param>
    /// <param name="secret">Receives <see cref="SecretBytes"/>.</param>
    internal static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> handle, Span<byte> secret)
    {
        handle = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[Prefix.Length..];
        int tenant = rest.IndexOf(Separator);
        int id = tenant < 0 ? -1 : rest[(tenant + 1)..].IndexOf(Separator);
        if (id < 0)
        {
            return false;
        }

        handle = rest[..(tenant + 1 + id)];
        ReadOnlySpan<char> encoded = rest[(handle.Length + 1)..];
        return encoded.Length == Base64Url.GetEncodedLength(SecretBytes)
            && Base64Url.DecodeFromChars(encoded, secret, out _, out int length) == OperationStatus.Done
            && length == SecretBytes;
    }

    /// <summary>What a key's tokens have between prefix and secret: the same for no other key, as no tenant's name has the separator.</summary>
    internal static string HandleOf(TenantId tenant, string keyId) => $"{tenant}{Separator}{keyId}";

    /// <summary>The text to send; it holds the secret.</summary>
    public string Reveal() => $"{Prefix}{Tenant}{Separator}{KeyId}{Separator}{Base64Url.EncodeToString(Secret)}";

    /// <summary>What it is without the secret, for logs.</summary>
    public override string ToString() => $"{Prefix}{Tenant}{Separator}{KeyId}{Separator}…";

    internal static void HashInto(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> secret, Span<byte> hash)
    {
        Span<byte> salted = stackalloc byte[SaltBytes + SecretBytes];
        salt.CopyTo(salted);
        secret.CopyTo(salted[SaltBytes..]);
        SHA256.HashData(salted, hash);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? secret)
    {
        byte[] decoded = Base64Url.IsValid(text, out int length) && length == SecretBytes ? Base64Url.DecodeFromChars(text) : [];
        secret = decoded.Length == SecretBytes ? decoded : null;
        return secret is not null;
    }
}
