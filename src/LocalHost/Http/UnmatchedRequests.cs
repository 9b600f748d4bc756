using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trainyard.Domain.Problems;

namespace Trainyard.LocalHost.Http;

/// <summary>Answers requests that no route matches with 404, and those whose verb no function takes with 405.</summary>
internal sealed class UnmatchedRequests(RequestDelegate next)
{
    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint => next(context),
        null => HostProblem.WriteAsync(context, new Problem(ProblemKind.NotFound, "route_not_found", "Nothing is served at this path.")),
        { RequestDelegate: { } refuse } => RefuseAsync(context, refuse),
        _ => next(context),
    };

    // Routing's own endpoint sets the status and the Allow header, and writes no body.
    private static async Task RefuseAsync(HttpContext context, RequestDelegate refuse)
    {
        await refuse(context);
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } response)
        {
            Problem problem = new(ProblemKind.Malformed, "method_not_allowed", $"This path takes {response.Headers.Allow}.");
            await HostProblem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", problem);
        }
    }
}
