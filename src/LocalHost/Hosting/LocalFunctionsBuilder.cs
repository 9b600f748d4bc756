using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Hosting;

/// <summary>What the app composes itself with: its services and its middleware, in the order of the calls.</summary>
internal sealed class LocalFunctionsBuilder(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    public IServiceCollection Services { get; } = services;

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>The pipeline of everything added so far.</summary>
    public FunctionPipeline BuildPipeline() => new(middleware);
}
