using Microsoft.Extensions.DependencyInjection;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Runs functions that no HTTP request triggered: each in a scope of its own, through the app's middleware.</summary>
internal sealed class FunctionRunner(FunctionPipeline pipeline, IServiceScopeFactory scopes)
{
    /// <summary>Runs one invocation and returns what the function returned.</summary>
    public async Task<object?> RunAsync(LocalFunction function, TriggerEvent trigger, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        LocalFunctionContext context = new(function, scope.ServiceProvider, trigger.Payload, cancellationToken)
        {
            TriggerData = trigger.Data,
            Retry = trigger.Retry,
            TraceParent = trigger.TraceParent,
        };
        await pipeline.InvokeAsync(context);
        return context.Result;
    }
}
