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

    /// <summary>What a message on a queue triggers.</summary>
    internal const string Message = "pubsub";

    private const string Orchestration = "orchestration";
    private const string Tenant = "trainyard.tenant";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody wants them; asking costs next to nothing.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>
    /// Begins the span of an invocation below the one that caused it, by the W3C context of its event; null when it is not
    /// sampled, and for orchestrators, whose replays would each tell of the same again.
    /// </summary>
    /// <param name="context">The invocation.</param>
    /// <param name="sent">The context that its message brought, which comes before that of the host that delivered it; that is linked to.</param>
    public static Activity? Start(FunctionContext context, ActivityContext? sent = null)
    {
        string trigger = TriggerOf(context);
        if (trigger == Orchestration)
        {
            return null;
        }

        ActivityKind kind = trigger == Message ? ActivityKind.Consumer : ActivityKind.Internal;
        ActivityContext delivery = sent is null ? default : DeliveryOf(context);
        Activity? span = Source.StartActivity(
            context.FunctionDefinition.Name, kind, sent ?? ParentOf(context), tags: null, links: delivery == default ? null : [new ActivityLink(delivery)]);
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

    // The span that delivered the message, if there is one, in whatever trace.
    private static ActivityContext DeliveryOf(FunctionContext context) => Activity.Current?.Context ?? ParentOf(context);

    /// <summary>What triggers a function, as OpenTelemetry's <c>faas.trigger</c> has it.</summary>
    internal static string TriggerOf(FunctionContext context) => context.FunctionDefinition.InputBindings.Values.FirstOrDefault(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal))?.Type switch
    {
        "httpTrigger" => "http",
        "timerTrigger" => "timer",
        "queueTrigger" => Message,
        "orchestrationTrigger" => Orchestration,
        _ => "other",
    };
}
