using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Limits;

namespace Trainyard.Functions.Access;

/// <summary>Tells callers of their limit: <c>RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (seconds), as the IETF draft "RateLimit header fields for HTTP" has them.</summary>
internal static class RateHeaders
{
    /// <summary>Writes what <see cref="Remember"/> kept, if there is anything.</summary>
    public static void Write(HttpContext http)
    {
        if (http.Features.Get<Kept>() is not { Decision: var decision })
        {
            return;
        }

        IHeaderDictionary headers = http.Response.Headers;
        headers["RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((long)Math.Ceiling(decision.ResetAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Keeps a decision for the answer, whatever writes it.</summary>
    public static void Remember(HttpContext http, LimitDecision decision) => http.Features.Set(new Kept(decision));

    private sealed record Kept(LimitDecision Decision);
}
