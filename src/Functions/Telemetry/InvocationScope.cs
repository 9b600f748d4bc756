using System.Collections;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.Functions.Telemetry;

/// <summary>What every log line of an invocation carries beside its own: the correlation id, the tenant, the function.</summary>
/// <remarks>
/// The tenant is known only once somebody was let in, or an activity has read its input; until then it is null. What is
/// logged after that has it.
/// </remarks>
internal sealed class InvocationScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The header of an answer that tells its correlation id.</summary>
    public const string Header = "X-Correlation-Id";

    private static readonly AsyncLocal<InvocationScope?> Ambient = new();

    private readonly string function;
    private readonly ActivityTraceFlags flags;
    private volatile string? tenant;

    private InvocationScope(ActivityContext trace, string function) => (CorrelationId, flags, this.function) = (trace.TraceId.ToHexString(), trace.TraceFlags, function);

    /// <summary>That of the invocation that is under way here; null outside of any.</summary>
    public static InvocationScope? Current => Ambient.Value;

    /// <summary>
    /// What finds everything that one request caused, in logs, traces, problems and the audit log: the W3C trace id, which a
    /// caller may choose; of an invocation that nobody traces, an id of its own. 32 hexadecimal digits.
    /// </summary>
    public string CorrelationId { get; }

    /// <summary>The W3C <c>traceparent</c> by which what goes on elsewhere keeps the correlation id, where nobody collects spans.</summary>
    public string TraceParent => $"00-{CorrelationId}-{ActivitySpanId.CreateRandom().ToHexString()}-{(flags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>For whom; null while it is not known.</summary>
    public string? Tenant => tenant;

    /// <inheritdoc />
    public int Count => 3;

    /// <inheritdoc />
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("CorrelationId", CorrelationId),
        1 => new("Tenant", tenant),
        2 => new("Function", function),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Makes the scope of an invocation the current one, for as long as its caller runs.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="sent">The trace context that its message brought, if one did.</param>
    public static InvocationScope Enter(FunctionContext context, ActivityContext? sent = null)
    {
        ActivityContext trace = sent ?? (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Context : CurrentTrace.Of(context.TraceContext.TraceParent));
        InvocationScope scope = new(trace, context.FunctionDefinition.Name);
        Ambient.Value = scope;
        return scope;
    }

    /// <summary>Says for whom the current invocation works.</summary>
    public static void SetTenant(string tenant) => Ambient.Value?.tenant = tenant;

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For logs that are lines of text.</summary>
    public override string ToString() => $"{CorrelationId} {tenant ?? "-"} {function}";
}
