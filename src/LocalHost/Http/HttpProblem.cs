using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;

namespace Trainyard.LocalHost.Http;

/// <summary>Writes the host's own refusals as RFC 9457 problem details: those that no function saw.</summary>
internal static class HttpProblem
{
    private const string ContentType = "application/problem+json";

    /// <summary>Writes <paramref name="problem"/> with the status of its kind.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem) =>
        WriteAsync(context, StatusOf(problem.Kind), problem.Code, problem.Detail, problem.Field);

    /// <summary>Writes a refusal. The response must not have started.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string detail, string? field = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", Title(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("code", code);
        if (field is not null)
        {
            json.WriteString("field", field);
        }

        json.WriteString("trace_id", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        json.WriteEndObject();
    }

    private static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Malformed => StatusCodes.Status400BadRequest,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Stale => StatusCodes.Status412PreconditionFailed,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.Throttled => StatusCodes.Status429TooManyRequests,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
        StatusCodes.Status413PayloadTooLarge => "Content Too Large",
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
    };
}
