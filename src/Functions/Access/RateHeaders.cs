using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Limits;

namespace Trainyard.Functions.Access;

/// <summary>Tells callers of their limit: <c>RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (seconds), as the IETF draft "RateLimit header fields for HTTP" has them.</summary>
internal static class RateHeaders
{
    private const string Limit = "RateLimit-Limit";
    private const string Remaining = "RateLimit-Remaining";
    private const string Reset = "RateLimit-Reset";

    /// <summary>Tells of a decision.</summary>
    public static void Write(IHeaderDictionary headers, in LimitDecision decision)
    {
        headers[Limit] = decision.Limit.ToString(CultureInfo.InvariantCulture);
        headers[Remaining] = decision.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[Reset] = ((long)Math.Ceiling(decision.ResetAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes everything out of an answer that has not begun but these.</summary>
    public static void ClearAllElse(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        (StringValues limit, StringValues remaining, StringValues reset) = (headers[Limit], headers[Remaining], headers[Reset]);
        response.Clear();
        if (limit.Count > 0)
        {
            (headers[Limit], headers[Remaining], headers[Reset]) = (limit, remaining, reset);
        }
    }
}
