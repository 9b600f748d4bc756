using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Trainyard.LocalHost.Invocation;

/// <summary>The middleware of the app around the call of a function. Thread safe.</summary>
internal sealed class FunctionPipeline
{
    private readonly FunctionExecutionDelegate pipeline;

    /// <summary>Composes the pipeline; the first middleware is the outermost.</summary>
    public FunctionPipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        pipeline = CallFunctionAsync;
        for (int index = middleware.Count - 1; index >= 0; index--)
        {
            pipeline = middleware[index](pipeline);
        }
    }

    /// <summary>Runs one invocation; its result is in <see cref="LocalFunctionContext.Result"/> afterwards.</summary>
    public Task InvokeAsync(LocalFunctionContext context) => pipeline(context);

    private static Task CallFunctionAsync(FunctionContext context)
    {
        var local = (LocalFunctionContext)context;
        ValueTask<object?> call = local.Function.InvokeAsync(local);
        if (!call.IsCompletedSuccessfully)
        {
            return AwaitAsync(local, call);
        }

        local.Result = call.Result;
        return Task.CompletedTask;
    }

    private static async Task AwaitAsync(LocalFunctionContext context, ValueTask<object?> call) => context.Result = await call;
}
