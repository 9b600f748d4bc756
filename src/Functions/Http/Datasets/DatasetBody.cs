using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>The body of an upload: its format from Content-Type, its text from Content-Encoding.</summary>
internal static class DatasetBody
{
    // ASCII is UTF-8 as it stands.
    private static readonly string[] Charsets = ["utf-8", "\"utf-8\"", "us-ascii"];

    /// <exception cref="ProblemException"><c>content_type_unsupported</c>.</exception>
    public static DatasetFormat Format(HttpRequest request)
    {
        string? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? parsed) && IsUnicode(parsed) ? parsed.MediaType.Value : null;
        return type?.ToLowerInvariant() switch
        {
            "text/csv" or "application/csv" => DatasetFormat.Csv,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => DatasetFormat.Ndjson,
            _ => throw new ProblemException(new Problem(
                ProblemKind.Malformed, "content_type_unsupported", "Content-Type must be text/csv or application/x-ndjson, in UTF-8.", "Content-Type")),
        };
    }

    /// <summary>Opens the text of the body; the bound on its length is the catalog's.</summary>
    /// <exception cref="ProblemException"><c>content_encoding_unsupported</c>.</exception>
    public static Stream Open(HttpRequest request)
    {
        RequestBody.LiftHostLimit(request);
        return request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" or "x-gzip" => GzipText.Decompress(request.Body),
            _ => throw new ProblemException(new Problem(
                ProblemKind.Malformed, "content_encoding_unsupported", "Content-Encoding must be gzip, or absent.", "Content-Encoding")),
        };
    }

    private static bool IsUnicode(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || Array.Exists(Charsets, charset => type.Charset.Equals(charset, StringComparison.OrdinalIgnoreCase));
}
