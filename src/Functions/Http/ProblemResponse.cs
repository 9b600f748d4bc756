using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Redaction;
using Trainyard.Functions.Http.Inference;
using Trainyard.Functions.Http.Mlflow;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http;

/// <summary>Writes refusals as <c>application/problem+json</c>.</summary>
public static class ProblemResponse
{
    /// <summary>The media type of a refusal.</summary>
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:trainyard:problem:";

    // An answer repeats only so much of what a caller sent.
    private const int MaxInstanceLength = 256;

    /// <summary>The status and title of a family.</summary>
    public static (int Status, string Title) Describe(ProblemKind kind) => kind switch
    {
        ProblemKind.Malformed => (StatusCodes.Status400BadRequest, "The request cannot be read"),
        ProblemKind.Unauthenticated => (StatusCodes.Status401Unauthorized, "Not recognised"),
        ProblemKind.Forbidden => (StatusCodes.Status403Forbidden, "Not allowed"),
        ProblemKind.NotFound => (StatusCodes.Status404NotFound, "Not found"),
        ProblemKind.TooSlow => (StatusCodes.Status408RequestTimeout, "Too slow"),
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

        if (problem.Kind == ProblemKind.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
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
        byte[] body = Serialize(status, title, problem, context.Request.Path.ToUriComponent(), traceId);
        HttpResponse response = context.Response;
        SecurityHeaders.Write(response);
        if (traceId is not null)
        {
            response.Headers[InvocationScope.Header] = traceId;
        }

        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellationToken);
    }

    /// <summary>The body of a refusal: a problem document in UTF-8.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">The family in words.</param>
    /// <param name="problem">Code, detail, field and row; its kind is not used.</param>
    /// <param name="path">The path that was asked for, as far as it is known.</param>
    /// <param name="traceId">Finds the request in the logs, or null.</param>
    public static byte[] Serialize(int status, string title, Problem problem, string path, string? traceId)
    {
        string? errorCode = MlflowProblems.ErrorCode(path, status, problem);
        // A refusal may quote what it refuses, and ends in the logs of whoever asked.
        string detail = Redactor.Clean(problem.Detail);
        ProblemDocument document = new(
            TypePrefix + problem.Code,
            title,
            status,
            detail,
            Instance(Redactor.Clean(path)),
            problem.Code,
            problem.Field is null ? null : Redactor.Clean(problem.Field),
            problem.Row,
            traceId,
            errorCode,
            errorCode is null ? null : detail,
            InferencePath.Is(path) ? detail : null);
        return JsonSerializer.SerializeToUtf8Bytes(document, ProblemJson.Default.ProblemDocument);
    }

    // A request that broke off before its path, or that asks for the server as a whole, is about the root.
    private static string Instance(string path) => path.Length switch
    {
        0 => "/",
        > MaxInstanceLength => path[..MaxInstanceLength],
        _ => path,
    };
}
