using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Telemetry;

/// <summary>Wraps each invocation in a span, where anybody collects them, and in the scope that its log lines carry.</summary>
internal sealed partial class TelemetryMiddleware(ILogger<TelemetryMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        HttpContext? http = context.GetHttpContext();
        ActivityContext? sent = http is null ? MessageTrace.Of(context) : null;
        using Activity? span = FunctionSpans.AreWanted ? FunctionSpans.Start(context, sent) : null;
        InvocationScope scope = InvocationScope.Enter(context, sent);
        http?.Response.Headers[InvocationScope.Header] = scope.CorrelationId;
        Exception? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            throw;
        }
        finally
        {
            LogEnded(context.FunctionDefinition.Name, failure is null ? "done" : "failed");
            if (span is not null)
            {
                FunctionSpans.End(span, context, scope.Tenant, failure);
            }
        }
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Debug, Message = "{Function} is {Outcome}")]
    private partial void LogEnded(string function, string outcome);
}
