using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reads the HTTP side of an invocation.</summary>
public static class FunctionContextExtensions
{
    // The host puts the HttpContext under this key.
    private const string HttpContextKey = "HttpRequestContext";

    /// <summary>The HTTP context, or null when no request triggered the function.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out object? value) ? value as HttpContext : null;
}
