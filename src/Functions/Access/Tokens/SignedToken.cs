using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Trainyard.Functions.Access.Tokens;

/// <summary>A JSON Web Token in compact form, taken apart and not yet believed (RFC 7515, section 7.1).</summary>
internal sealed class SignedToken
{
    /// <summary>Characters of a token at most; providers keep them below what headers carry.</summary>
    public const int MaxLength = 16 * 1024;

    private const int Parts = 3;

    private SignedToken(string algorithm, string? keyId, byte[] signed, byte[] signature, JsonElement claims) =>
        (Algorithm, KeyId, Signed, Signature, Claims) = (algorithm, keyId, signed, signature, claims);

    /// <summary>What it says it is signed by.</summary>
    public string Algorithm { get; }

    /// <summary>Which key it says it is signed by; null when it does not.</summary>
    public string? KeyId { get; }

    /// <summary>What the signature is over.</summary>
    public byte[] Signed { get; }

    /// <summary>The signature.</summary>
    public byte[] Signature { get; }

    /// <summary>What it claims.</summary>
    public JsonElement Claims { get; }

    /// <summary>Takes a token apart; false when it is none, or demands what is not known here (<c>crit</c>).</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SignedToken? token)
    {
        token = null;
        string[] parts = text.Length > MaxLength ? [] : text.Split('.', Parts + 1);
        if (parts.Length != Parts || Decode(parts[0]) is not { } head || Decode(parts[1]) is not { } body || Decode(parts[2]) is not { Length: > 0 } signature)
        {
            return false;
        }

        try
        {
            JsonElement header = JsonElement.Parse(head);
            JsonElement claims = JsonElement.Parse(body);
            bool isToken = header.ValueKind == JsonValueKind.Object && claims.ValueKind == JsonValueKind.Object && !header.TryGetProperty("crit", out _);
            string? algorithm = isToken ? Text(header, "alg") : null;
            token = algorithm is null ? null : new SignedToken(algorithm, Text(header, "kid"), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, claims);
        }
        catch (JsonException)
        {
            // Anybody can send anything; that it is no token is all there is to say.
        }

        return token is not null;
    }

    /// <summary>A member that is a text; null when it is absent or something else.</summary>
    public static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
