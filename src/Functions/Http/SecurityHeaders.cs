using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http;

/// <summary>What every answer tells browsers and caches: this is data of one caller, and nothing to be shown, guessed or kept.</summary>
public static class SecurityHeaders
{
    /// <summary>Sets the headers; a function that answers with a page sets its own afterwards.</summary>
    public static void Write(HttpResponse response)
    {
        Write(response.Headers);
        if (response.HttpContext.Request.IsHttps)
        {
            response.Headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    /// <summary>Sets the headers that do not depend on the request, for an answer to what is none.</summary>
    public static void Write(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
