using System.Buffers.Text;
using System.Text.Json;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>The public keys of an identity provider (RFC 7517). What is no key for signatures, or of a kind not known here, is left out.</summary>
internal static class KeySet
{
    // A provider has a handful; more is no key set.
    private const int MaxKeys = 100;

    /// <exception cref="JsonException">It is not a key set.</exception>
    public static IReadOnlyList<SigningKey> Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out JsonElement keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A key set has a list 'keys'.");
        }

        return [.. keys.EnumerateArray().Take(MaxKeys).Select(Read).OfType<SigningKey>()];
    }

    private static SigningKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        (string? id, string? algorithm) = (Text(key, "kid"), Text(key, "alg"));
        switch (Text(key, "kty"))
        {
            case "RSA" when Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent:
                return RsaSigningKey.TryCreate(id, algorithm, modulus, exponent);
            case "EC" when Bytes(key, "x") is { } x && Bytes(key, "y") is { } y:
                return EcSigningKey.TryCreate(id, algorithm, Text(key, "crv"), x, y);
            default:
                return null;
        }
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
