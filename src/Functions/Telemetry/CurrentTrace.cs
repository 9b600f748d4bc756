using System.Diagnostics;

namespace Trainyard.Functions.Telemetry;

/// <summary>The trace that the code that asks runs in, for whatever is to go on in it elsewhere: messages, orchestrations.</summary>
public static class CurrentTrace
{
    /// <summary>
    /// The W3C <c>traceparent</c> of the span that is current; where nobody collects spans, that of the invocation; null
    /// outside of both.
    /// </summary>
    public static string? Parent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : InvocationScope.Current?.TraceParent;

    /// <summary>The trace that an event belongs to by the <c>traceparent</c> that it brought; a new one, not sampled, when that is none.</summary>
    /// <remarks>Nothing else of what a caller sent is in it. A random id costs no call of the system.</remarks>
    public static ActivityContext Of(string? traceParent) => ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext parent)
        ? parent
        : new ActivityContext(ActivityTraceId.CreateRandom(), spanId: default, ActivityTraceFlags.None);
}
