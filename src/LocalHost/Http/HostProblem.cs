using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Http;
using Trainyard.Functions.Telemetry;

namespace Trainyard.LocalHost.Http;

/// <summary>Writes the host's own refusals, those that no function saw, in the app's voice.</summary>
internal static class HostProblem
{
    /// <summary>Answers with the status of the problem's kind. The response must not have started.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem) =>
        ProblemResponse.WriteAsync(context, problem, TraceId(context), context.RequestAborted);

    /// <summary>Answers with a status that no kind has. The response must not have started.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, Problem problem) =>
        ProblemResponse.WriteAsync(context, status, title, problem, TraceId(context), context.RequestAborted);

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? CurrentTrace.Of(context.Request.Headers.TraceParent).TraceId.ToHexString();
}
