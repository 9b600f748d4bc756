using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Trainyard.Functions.Telemetry;

/// <summary>Wraps each invocation in a span, where anybody collects them.</summary>
internal sealed class SpanMiddleware : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) => FunctionSpans.AreWanted ? TraceAsync(context, next) : next(context);

    private static async Task TraceAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        using Activity? span = FunctionSpans.Start(context);
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
            if (span is not null)
            {
                FunctionSpans.End(span, context, failure);
            }
        }
    }
}
