using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Trainyard.Functions.Http;

/// <summary>Bodies that are larger than the host takes by itself.</summary>
internal static class RequestBody
{
    /// <summary>Lifts the host's bound (Kestrel's is 30 MB), for whoever bounds the body himself.</summary>
    public static void LiftHostLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
