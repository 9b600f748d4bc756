using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http;

/// <summary>Words what the HTTP server refuses by itself, be it at its parser or while a body is read.</summary>
public static class BadRequestProblem
{
    // The server repeats what it could not read; an answer carries only so much of it.
    private const int MaxReasonLength = 200;

    /// <summary>The refusal that stands for the server's.</summary>
    public static Problem Of(BadHttpRequestException refusal) => refusal.StatusCode switch
    {
        StatusCodes.Status405MethodNotAllowed => new(ProblemKind.Malformed, "method_not_allowed", "A target of this form takes the method in Allow."),
        StatusCodes.Status408RequestTimeout => new(ProblemKind.TooSlow, "request_too_slow", "The request came too slowly. Send it again, over a better line or in smaller parts."),
        StatusCodes.Status413PayloadTooLarge => new(ProblemKind.TooLarge, "request_too_large", "The request is larger than this host takes."),
        StatusCodes.Status414UriTooLong => new(ProblemKind.TooLarge, "request_line_too_long", "The address is longer than this host takes. Shorten it, or send the data in a body."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(ProblemKind.TooLarge, "request_headers_too_large", "The headers are more or larger than this host takes. Send fewer or shorter ones."),
        StatusCodes.Status505HttpVersionNotsupported => new(ProblemKind.Malformed, "http_version_unsupported", "This host speaks HTTP/1.1 and HTTP/1.0."),
        _ => new(ProblemKind.Malformed, "request_malformed", $"The request broke off or is not valid HTTP. {Because(refusal)}"),
    };

    /// <summary>The status of the server's refusal, which may be one that no family has, and its title.</summary>
    public static (int Status, string Title) Describe(BadHttpRequestException refusal) =>
        (refusal.StatusCode, ProblemResponse.Describe(Of(refusal).Kind).Title);

    // Below log level Information the server leaves out what it could not read, and quotes nothing.
    private static string Because(BadHttpRequestException refusal)
    {
        string reason = refusal.Message.Replace(": ''", ".", StringComparison.Ordinal);
        return reason.Length > MaxReasonLength ? reason[..MaxReasonLength] + "…" : reason;
    }
}
