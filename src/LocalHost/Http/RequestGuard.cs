using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Http;

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
            // A stream that its reader left has long sent its status.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest;
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerAsync(context, exception);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (ProblemMapping.TryMap(exception) is { } problem)
        {
            return HostProblem.WriteAsync(context, problem);
        }

        LogFailure(exception, context.Request.Method, context.GetEndpoint()?.DisplayName);
        Problem unexpected = new(ProblemKind.Unavailable, "unexpected", "Something went wrong on our side; quote the trace id.");
        return HostProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "Unexpected error", unexpected);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "{Method} of function {Function} failed.")]
    private partial void LogFailure(Exception exception, string method, string? function);
}
