using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Invocation;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Request_SeveralMiddleware_RunInOrderAroundTheFunctionInOneScope()
    {
        Recorder recorder = new();
        await using TestHost host = await StartAsync(recorder, typeof(Greeter));

        Assert.Equal("hello", await host.Client.GetStringAsync("/greet"));

        Assert.Equal(["outer in", "inner in", "same scope: True", "inner out", "outer out"], recorder.Rest());
    }

    [Fact]
    public async Task Request_TwoRequests_HaveAScopeEachWhichEndsWithThem()
    {
        Recorder recorder = new();
        await using TestHost host = await TestHost.StartAsync(
            app => app.Services.AddSingleton(recorder).AddScoped<Resource>(), typeof(ResourceUser));

        await host.Client.GetStringAsync("/use");
        await host.Client.GetStringAsync("/use");

        Assert.Equal(["used", "disposed", "used", "disposed"], await recorder.NextAsync(4));
    }

    [Fact]
    public async Task Request_MiddlewareThatAnswers_KeepsTheFunctionFromRunning()
    {
        Recorder recorder = new();
        await using TestHost host = await TestHost.StartAsync(
            app =>
            {
                app.Services.AddSingleton(recorder).AddScoped<Shared>();
                app.Use(_ => context => context.GetHttpContext()!.Response.WriteAsync("refused"));
            },
            typeof(Greeter));

        Assert.Equal("refused", await host.Client.GetStringAsync("/greet"));
        Assert.Empty(recorder.Rest());
    }

    private static Task<TestHost> StartAsync(Recorder recorder, Type functions) => TestHost.StartAsync(
        app =>
        {
            app.Services.AddSingleton(recorder).AddScoped<Shared>();
            app.UseMiddleware<Outer>();
            app.UseWhen<Never>(context => context.FunctionDefinition.Name == "somebody else");
            app.UseWhen<Inner>(context => context.FunctionDefinition.InputBindings.Values.Any(each => each.Type == "httpTrigger"));
        },
        functions);

    public sealed class Shared;

    public sealed class Resource(Recorder recorder) : IDisposable
    {
        public void Use() => recorder.Add("used");

        public void Dispose() => recorder.Add("disposed");
    }

    public sealed class ResourceUser(Resource resource)
    {
        [Function("use")]
        public IResult Run([HttpTrigger("get", Route = "use")] HttpRequest request)
        {
            resource.Use();
            return Results.Ok();
        }
    }

    public sealed class Greeter(Recorder recorder, Shared shared)
    {
        [Function("greet")]
        public IResult Run([HttpTrigger("get", Route = "greet")] HttpRequest request, FunctionContext context)
        {
            recorder.Add($"same scope: {context.Items.TryGetValue("shared", out object? seen) && ReferenceEquals(seen, shared)}");
            return Results.Text("hello");
        }
    }

    private sealed class Outer(Recorder recorder) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            recorder.Add("outer in");
            context.Items["shared"] = context.InstanceServices.GetRequiredService<Shared>();
            await next(context);
            recorder.Add("outer out");
        }
    }

    private sealed class Inner(Recorder recorder) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            recorder.Add("inner in");
            await next(context);
            recorder.Add("inner out");
        }
    }

    private sealed class Never(Recorder recorder) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            recorder.Add("never");
            return next(context);
        }
    }
}
