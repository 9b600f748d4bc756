using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Http;

/// <summary>Answers the requests of one HTTP function.</summary>
internal sealed class FunctionEndpoint(LocalFunction function, FunctionPipeline pipeline)
{
    /// <summary>Invokes the function, then writes what it returned.</summary>
    public async Task InvokeAsync(HttpContext httpContext)
    {
        LocalFunctionContext context = new(function, httpContext);
        await pipeline.InvokeAsync(context);

        // After the middleware, as in the isolated worker: a result writes itself when they are through.
        switch (context.Result)
        {
            case IResult result:
                await result.ExecuteAsync(httpContext);
                break;
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor()));
                break;
            default:
                break;
        }
    }
}
