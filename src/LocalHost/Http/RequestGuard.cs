using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Problems;

namespace Trainyard.LocalHost.Http;

/// <summary>Gives every request that no function answered, or that failed outside the app's middleware, problem details.</summary>
internal sealed partial class RequestGuard(RequestDelegate next, ILogger<RequestGuard> logger)
{
    // Nothing was written for a client that has gone; the status is for the log alone (nginx's convention).
    private const int ClientClosedRequest = 499;

    /// <summary>Runs the request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerAsync(context, exception);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException problem:
                return HttpProblem.WriteAsync(context, problem.Problem);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return HttpProblem.WriteAsync(
                    context, StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request's body is larger than this host accepts.");
            case BadHttpRequestException bad:
                return HttpProblem.WriteAsync(context, bad.StatusCode, "request_malformed", "The request cannot be read as HTTP.");
            default:
                LogFailure(exception, context.Request.Method, context.GetEndpoint()?.DisplayName);
                return HttpProblem.WriteAsync(
                    context, StatusCodes.Status500InternalServerError, "internal_error", "The server failed; its log has the details under the trace id.");
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "{Method} of function {Function} failed.")]
    private partial void LogFailure(Exception exception, string method, string? function);
}
