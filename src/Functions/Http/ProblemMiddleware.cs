using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http;

/// <summary>The one place where an exception of an HTTP function becomes an answer. Other triggers pass untouched.</summary>
internal sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string UnexpectedTitle = "Unexpected error";
    private const string UnexpectedDetail = "Something went wrong on our side. Nothing is known to be wrong with the request; quote the trace id.";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        SecurityHeaders.Write(http.Response);
        try
        {
            await next(context);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            LogAborted(context.FunctionDefinition.Name);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await AnswerAsync(context, http, exception);
        }
    }

    private async Task AnswerAsync(FunctionContext context, HttpContext http, Exception exception)
    {
        RateHeaders.ClearAllElse(http.Response);
        if (ProblemMapping.TryMap(exception) is { } problem)
        {
            LogRefused(context.FunctionDefinition.Name, problem.Code);
            await ProblemResponse.WriteAsync(http, problem, InvocationScope.Current?.CorrelationId, http.RequestAborted);
            return;
        }

        LogUnexpected(exception, context.FunctionDefinition.Name);
        Problem unexpected = new(ProblemKind.Unavailable, "unexpected", UnexpectedDetail);
        await ProblemResponse.WriteAsync(http, StatusCodes.Status500InternalServerError, UnexpectedTitle, unexpected, InvocationScope.Current?.CorrelationId, http.RequestAborted);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "{Function} refused a request: {Code}")]
    private partial void LogRefused(string function, string code);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Debug, Message = "The caller of {Function} went away")]
    private partial void LogAborted(string function);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "{Function} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string function);
}
