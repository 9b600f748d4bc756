using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Access;

namespace Trainyard.Functions.Access;

/// <summary>Reads the key or token that a request carries. Never from the query: addresses end up in logs and histories.</summary>
internal static class Credentials
{
    private const string Bearer = "Bearer ";
    private const string ApiKeyHeader = "x-api-key";
    private const string FunctionsKeyHeader = "x-functions-key";

    /// <summary>The key or token; null when there is none.</summary>
    /// <exception cref="Domain.Problems.ProblemException"><c>credentials_repeated</c>, <c>credentials_invalid</c> (another scheme than Bearer).</exception>
    public static string? Read(HttpRequest request)
    {
        string? found = null;
        Take(request.Headers[ApiKeyHeader], ref found);
        Take(request.Headers[FunctionsKeyHeader], ref found);
        Take(request.Headers.Authorization, ref found, Bearer);
        return found;
    }

    private static void Take(StringValues values, ref string? found, string scheme = "")
    {
        if (values.Count == 0)
        {
            return;
        }

        if (values.Count > 1 || found is not null)
        {
            throw AccessProblems.CredentialsRepeated();
        }

        string text = values[0] ?? "";
        found = text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && text.Length > scheme.Length
            ? text[scheme.Length..].Trim()
            : throw AccessProblems.CredentialsInvalid();
    }
}
