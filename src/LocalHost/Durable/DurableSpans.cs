using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>The spans of orchestrations, as Durable Task's own clients and hosts tell of them.</summary>
/// <remarks>
/// An instance keeps the context of the span that created it, so that its activities are in the trace of whoever asked, in
/// whatever process they run. The span of the whole orchestration is told at its end, beside theirs; a process that dies in
/// between leaves it out and nothing else.
/// </remarks>
internal static class DurableSpans
{
    /// <summary>The name of their source: that of Durable Task's own, so that exporters need not know which host this is.</summary>
    public const string SourceName = "Microsoft.DurableTask";

    private const string Orchestration = "orchestration";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of creating an instance; null when nobody wants it.</summary>
    public static Activity? StartCreating(string name, string instanceId)
    {
        Activity? span = Source.HasListeners() ? Source.StartActivity($"create_orchestration:{name}", ActivityKind.Producer) : null;
        return Describe(span, name, instanceId);
    }

    /// <summary>Tells of an orchestration from its creation to its end.</summary>
    public static void TellOfEnded(InstanceRow instance, DateTimeOffset now)
    {
        if (!Source.HasListeners() || !ActivityContext.TryParse(instance.Trace, traceState: null, isRemote: true, out ActivityContext creator))
        {
            return;
        }

        Activity? span = Source.StartActivity($"{Orchestration}:{instance.Name}", ActivityKind.Server, creator, startTime: new DateTimeOffset(instance.CreatedAt));
        if (Describe(span, instance.Name, instance.InstanceId) is null)
        {
            return;
        }

        span!.SetStatus(instance.Status == OrchestrationRuntimeStatus.Completed ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        span.SetEndTime(now.UtcDateTime);
        span.Dispose();
    }

    private static Activity? Describe(Activity? span, string name, string instanceId)
    {
        span?.SetTag("durabletask.type", Orchestration);
        span?.SetTag("durabletask.task.name", name);
        span?.SetTag("durabletask.task.instance_id", instanceId);
        return span;
    }
}
