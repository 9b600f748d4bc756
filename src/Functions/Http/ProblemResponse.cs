using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http;

/// <summary>Writes refusals as <c>application/problem+json</c>.</summary>
public static class ProblemResponse
{
    private const string ProblemType = "application/problem+json";
    private const string TypePrefix = "urn:trainyard:problem:";

    // An answer repeats only so much of what a caller sent.
    private const int MaxInstanceLength = 256;

    /// <summary>The status and title of a family.</summary>
    public static (int Status, string Title) Describe(ProblemKind kind) => kind switch
    {
        ProblemKind.Malformed => (StatusCodes.Status400BadRequest, "The request cannot be read"),
        ProblemKind.NotFound => (StatusCodes.Status404NotFound, "Not found"),
        ProblemKind.Conflict => (StatusCodes.Status409Conflict, "The current state forbids it"),
        ProblemKind.Stale => (StatusCodes.Status412PreconditionFailed, "Changed since it was read"),
        ProblemKind.TooLarge => (StatusCodes.Status413PayloadTooLarge, "Too large"),
        ProblemKind.Unprocessable => (StatusCodes.Status422UnprocessableEntity, "Understood but impossible"),
        ProblemKind.Throttled => (StatusCodes.Status429TooManyRequests, "Too many requests"),
        ProblemKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Try again later"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A family without a status."),
    };

    /// <summary>Answers with a refusal; the response must not have started.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="problem">The refusal.</param>
    /// <param name="traceId">Finds the request in the logs, or null.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static Task WriteAsync(HttpContext context, Problem problem, string? traceId, CancellationToken cancellationToken)
    {
        (int status, string title) = Describe(problem.Kind);
        if (problem.RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, status, title, problem, traceId, cancellationToken);
    }

    /// <summary>Answers with a refusal under a status that no family has, such as 405.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">The family in words.</param>
    /// <param name="problem">Code, detail, field and row; its kind is not used.</param>
    /// <param name="traceId">Finds the request in the logs, or null.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, Problem problem, string? traceId, CancellationToken cancellationToken)
    {
        string path = context.Request.Path.ToUriComponent();
        ProblemDocument document = new(
            TypePrefix + problem.Code,
            title,
            status,
            problem.Detail,
            path.Length > MaxInstanceLength ? path[..MaxInstanceLength] : path,
            problem.Code,
            problem.Field,
            problem.Row,
            traceId);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(document, ProblemJson.Default.ProblemDocument);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = ProblemType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellationToken);
    }
}
