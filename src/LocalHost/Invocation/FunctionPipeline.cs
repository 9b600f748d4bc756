using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

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
    /// <remarks>Outputs are sent when the function and all middleware are through; if one of them fails, nothing is sent.</remarks>
    public Task InvokeAsync(LocalFunctionContext context) => context.Function.Outputs.Count == 0 ? pipeline(context) : InvokeAndSendAsync(context);

    private async Task InvokeAndSendAsync(LocalFunctionContext context)
    {
        await pipeline(context);
        if (context.Result is { } result)
        {
            await context.InstanceServices.GetRequiredService<IFunctionOutputs>().SendAsync(context.Function, result);
            context.Result = context.Function.Answer?.Of(result);
        }
    }

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
