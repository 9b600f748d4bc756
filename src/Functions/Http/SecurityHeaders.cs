using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http;

/// <summary>What every answer tells browsers and caches: this is data of one caller, and nothing to be shown, guessed or kept.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets the headers; a function that answers with a page sets its own afterwards.</summary>
    public static void Write(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        if (response.HttpContext.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
