using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.LocalHost.Invocation;

/// <summary>One invocation. What only middleware asks for is built when asked for, so that a plain call costs little.</summary>
internal sealed class LocalFunctionContext : FunctionContext
{
    // The key under which HTTP functions and their middleware look for the HTTP context.
    private const string HttpContextKey = "HttpRequestContext";

    private readonly CancellationToken cancellationToken;
    private string? invocationId;
    private TraceContext? trace;
    private BindingContext? binding;
    private IInvocationFeatures? features;
    private IServiceProvider? services;
    private IDictionary<object, object>? items;

    /// <summary>An invocation by anything but HTTP.</summary>
    /// <param name="function">The function.</param>
    /// <param name="services">The scope of the invocation.</param>
    /// <param name="payload">What its trigger parameter is bound from.</param>
    /// <param name="cancellationToken">Cancelled when the host cannot wait any longer.</param>
    public LocalFunctionContext(LocalFunction function, IServiceProvider services, object? payload, CancellationToken cancellationToken)
    {
        Function = function;
        Payload = payload;
        this.services = services;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>An invocation by an HTTP request, whose scope of services it shares.</summary>
    public LocalFunctionContext(LocalFunction function, HttpContext httpContext)
    {
        Function = function;
        HttpContext = httpContext;
        cancellationToken = httpContext.RequestAborted;
    }

    /// <summary>The function that is invoked.</summary>
    public LocalFunction Function { get; }

    /// <summary>The HTTP context, or null when something else triggered the function.</summary>
    public HttpContext? HttpContext { get; }

    /// <summary>What the trigger parameter is bound from, or null.</summary>
    public object? Payload { get; }

    /// <summary>What the function returned; middleware may have replaced an exception by writing the response.</summary>
    public object? Result { get; set; }

    /// <summary>What the trigger knows of its event beside the payload, or null.</summary>
    public IReadOnlyDictionary<string, object?>? TriggerData { get; init; }

    /// <summary>The W3C <c>traceparent</c> that the event brought, or null; a request's own is among its headers.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often the event was tried.</summary>
    public LocalRetryContext Retry { get; init; } = LocalRetryContext.None;

    public override string InvocationId => invocationId ??= Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override TraceContext TraceContext => trace ??= NewTraceContext();

    public override BindingContext BindingContext => binding ??= new LocalBindingContext(DescribeEvent());

    public override RetryContext RetryContext => Retry;

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IInvocationFeatures Features => features ??= new LocalInvocationFeatures();

    public override CancellationToken CancellationToken => cancellationToken;

    public override IServiceProvider InstanceServices
    {
        get => services ?? HttpContext!.RequestServices;
        set => services = value;
    }

    public override IDictionary<object, object> Items
    {
        get => items ??= NewItems();
        set => items = value;
    }

    private LocalTraceContext NewTraceContext() => (TraceParent, Activity.Current, HttpContext) switch
    {
        ({ } given, _, _) => new(given, ""),
        (null, { IdFormat: ActivityIdFormat.W3C } current, _) => new(current.Id!, current.TraceStateString ?? ""),
        (null, _, { } http) => new(http.Request.Headers.TraceParent.ToString(), http.Request.Headers.TraceState.ToString()),
        _ => new("", ""),
    };

    private Dictionary<object, object> NewItems()
    {
        Dictionary<object, object> created = [];
        if (HttpContext is not null)
        {
            created[HttpContextKey] = HttpContext;
        }

        return created;
    }

    private IReadOnlyDictionary<string, object?> DescribeEvent() =>
        TriggerData
        ?? (HttpContext is null
            ? new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, object?>(HttpContext.Request.RouteValues, StringComparer.OrdinalIgnoreCase));
}
