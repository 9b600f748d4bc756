using Microsoft.Azure.Functions.Worker;

namespace Trainyard.LocalHost.Invocation;

/// <summary>The W3C trace context of what caused an invocation, unchecked; empty when there was none.</summary>
internal sealed class LocalTraceContext(string traceParent, string traceState) : TraceContext
{
    public override string TraceParent { get; } = traceParent;

    public override string TraceState { get; } = traceState;
}
