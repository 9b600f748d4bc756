using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.Functions.Telemetry;

/// <summary>The spans of function invocations. Names of tags are OpenTelemetry's, of <c>faas</c>.</summary>
internal static class FunctionSpans
{
    /// <summary>The name of their source.</summary>
    public const string SourceName = "Trainyard.Functions";

    private const string Invocation = "faas.invocation_id";
    private const string Name = "faas.invoked_name";
    private const string Trigger = "faas.trigger";
    private const string Instance = "trainyard.orchestration";
    private const string Message = "pubsub";
    private const string Orchestration = "orchestration";
    private const string Tenant = "trainyard.tenant";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody wants them; asking costs next to nothing.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>
    /// Begins the span of an invocation below the one that caused it, by the W3C context of its event; null when it is not
    /// sampled, and for orchestrators, whose replays would each tell of the same again.
    /// </summary>
    public static Activity? Start(FunctionContext context)
    {
        string trigger = TriggerOf(context);
        if (trigger == Orchestration)
        {
            return null;
        }

        ActivityKind kind = trigger == Message ? ActivityKind.Consumer : ActivityKind.Internal;
        Activity? span = Source.StartActivity(context.FunctionDefinition.Name, kind, ParentOf(context));
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Name, context.FunctionDefinition.Name);
            span.SetTag(Invocation, context.InvocationId);
            span.SetTag(Trigger, trigger);
            if (context.BindingContext.BindingData.TryGetValue("instanceId", out object? instance))
            {
                span.SetTag(Instance, instance);
            }
        }

        return span;
    }

    /// <summary>Ends the description of a span: for whom it was, and whether it failed. Never what was sent.</summary>
    public static void End(Activity span, FunctionContext context, string? tenant, Exception? failure)
    {
        span.SetTag(Tenant, tenant);
        if (context.GetHttpContext() is { Response.StatusCode: >= StatusCodes.Status500InternalServerError })
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        if (failure is not null)
        {
            // The type alone: a message may quote what it could not read.
            span.SetTag("error.type", failure.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static ActivityContext ParentOf(FunctionContext context) =>
        Activity.Current is null && ActivityContext.TryParse(context.TraceContext.TraceParent, context.TraceContext.TraceState, isRemote: true, out ActivityContext parent)
            ? parent
            : default;

    private static string TriggerOf(FunctionContext context) => context.FunctionDefinition.InputBindings.Values.FirstOrDefault(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal))?.Type switch
    {
        "httpTrigger" => "http",
        "timerTrigger" => "timer",
        "queueTrigger" => Message,
        "orchestrationTrigger" => Orchestration,
        _ => "other",
    };
}
