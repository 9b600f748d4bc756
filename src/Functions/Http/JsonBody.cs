using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http;

/// <summary>Reads request bodies: bounded, strict, worded by us (model binding words its failures itself).</summary>
internal static class JsonBody
{
    private const int InitialBuffer = 4096;

    /// <summary>Reads a record from the body.</summary>
    /// <exception cref="ProblemException">As <see cref="StrictJson.Parse"/>; <c>content_encoding_unsupported</c>.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, JsonLimits? limits = null) =>
        (await ReadHashedAsync(request, type, cancellationToken, limits)).Value;

    /// <summary>Reads a record and the SHA-256 (hex) of the bytes, which identifies the request to the idempotency ledger.</summary>
    /// <exception cref="ProblemException">As <see cref="ReadAsync"/>.</exception>
    public static async Task<(T Value, string Sha256)> ReadHashedAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, JsonLimits? limits = null)
    {
        limits ??= JsonLimits.Default;
        using RentedBytes body = await ReadBytesAsync(request, limits.MaxBytes, cancellationToken);
        T value = StrictJson.Parse(body.Span, type, limits);
        return (value, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
    }

    /// <summary>As <see cref="ReadHashedAsync"/>; a body of no bytes stands for <paramref name="absent"/>.</summary>
    /// <exception cref="ProblemException">As <see cref="ReadAsync"/>.</exception>
    public static async Task<(T Value, string Sha256)> ReadOptionalHashedAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, T absent, CancellationToken cancellationToken)
    {
        using RentedBytes body = await ReadBytesAsync(request, JsonLimits.Default.MaxBytes, cancellationToken);
        T value = body.Length == 0 ? absent : StrictJson.Parse(body.Span, type, JsonLimits.Default);
        return (value, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
    }

    /// <summary>Reads the body whole into a rented buffer.</summary>
    /// <exception cref="ProblemException"><c>json_too_large</c>, <c>content_encoding_unsupported</c>.</exception>
    public static async ValueTask<RentedBytes> ReadBytesAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        RequirePlain(request);
        if (request.ContentLength > maxBytes)
        {
            throw JsonProblems.TooLarge(maxBytes);
        }

        // One byte more than announced, so that the end of the body is seen without growing.
        RentedBytes bytes = new((int)Math.Min(request.ContentLength + 1 ?? InitialBuffer, (long)maxBytes + 1));
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(bytes.Free, cancellationToken)) > 0)
            {
                bytes.Advance(read);
                if (bytes.Length > maxBytes)
                {
                    throw JsonProblems.TooLarge(maxBytes);
                }
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a body that is compressed.</summary>
    /// <exception cref="ProblemException"><c>content_encoding_unsupported</c>.</exception>
    public static void RequirePlain(HttpRequest request)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Malformed, "content_encoding_unsupported", "This endpoint takes no Content-Encoding; send the body as it is.", "Content-Encoding"));
        }
    }
}
