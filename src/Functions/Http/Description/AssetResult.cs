using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Trainyard.Functions.Http.Description;

/// <summary>Answers with a file, decompressed for whoever does not take gzip. It may run and load what comes from here, and nothing from elsewhere.</summary>
internal sealed class AssetResult(DocsAsset asset) : IResult
{
    // Swagger UI draws its arrows from data: addresses and sets styles from script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = asset.ContentType;
        response.Headers.ContentSecurityPolicy = Policy;
        if (!asset.IsGzip)
        {
            response.ContentLength = asset.Content.Length;
            await response.Body.WriteAsync(asset.Content, httpContext.RequestAborted);
            return;
        }

        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (TakesGzip(httpContext.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = asset.Content.Length;
            await response.Body.WriteAsync(asset.Content, httpContext.RequestAborted);
            return;
        }

        await using GZipStream plain = new(new MemoryStream(asset.Content.ToArray()), CompressionMode.Decompress);
        await plain.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? encodings)
        && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);
}
