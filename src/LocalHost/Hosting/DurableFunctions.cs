using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Hands orchestrators and activities to the durable engine.</summary>
internal static class DurableFunctions
{
    /// <summary>Adds every durable function to the engine's catalog.</summary>
    /// <param name="catalog">The engine's catalog.</param>
    /// <param name="functions">All functions.</param>
    /// <param name="runner">Runs activities, each in a scope of its own and through the middleware.</param>
    /// <param name="services">The host's services; what an orchestrator's class takes comes from here, not from a scope.</param>
    public static void Register(DurableCatalog catalog, IEnumerable<LocalFunction> functions, FunctionRunner runner, IServiceProvider services)
    {
        foreach (LocalFunction function in functions)
        {
            switch (function.Trigger)
            {
                case OrchestrationTriggerAttribute trigger:
                    catalog.AddOrchestrator(trigger.Orchestration ?? function.Name, context => RunOrchestratorAsync(function, context, services));
                    break;
                case ActivityTriggerAttribute trigger:
                    catalog.AddActivity(trigger.Activity ?? function.Name, (call, cancellationToken) => RunActivityAsync(function, call, runner, cancellationToken));
                    break;
                default:
                    break;
            }
        }
    }

    // No middleware and no scope: an orchestrator is replayed, may be dropped between two steps, and may await nothing
    // but what its context gives it.
    private static Task<object?> RunOrchestratorAsync(LocalFunction function, TaskOrchestrationContext context, IServiceProvider services) =>
        function.InvokeAsync(new LocalFunctionContext(function, services, context, CancellationToken.None)).AsTask();

    private static Task<object?> RunActivityAsync(LocalFunction function, ActivityCall call, FunctionRunner runner, CancellationToken cancellationToken)
    {
        TriggerEvent trigger = new(call.SerializedInput)
        {
            Data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = call.InstanceId },
            TraceParent = call.Trace,
        };
        return runner.RunAsync(function, trigger, cancellationToken);
    }
}
