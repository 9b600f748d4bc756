using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Trainyard.LocalHost.Tests.Hosting;

public sealed class DurableFunctionTests
{
    [Fact]
    public async Task Orchestration_StartedOverHttp_RunsItsActivitiesThroughMiddlewareAndScopes()
    {
        Recorder recorder = new();
        await using TestHost host = await TestHost.StartAsync(
            app =>
            {
                app.Services.AddSingleton(recorder).AddScoped<Resource>();
                app.Use(next => context =>
                {
                    recorder.Add($"before {context.FunctionDefinition.Name}");
                    return next(context);
                });
            },
            typeof(Functions), typeof(Activities));

        string id = await host.Client.GetStringAsync("/start/4");
        var client = host.Application.Services.GetRequiredService<DurableTaskClient>();
        OrchestrationMetadata done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal("8 for sum-4, nobody", done.ReadOutputAs<string>());
        Assert.Equal(
            ["before start", "before double", $"double in {id}", "disposed", "before name", "disposed"],
            await recorder.NextAsync(6));
        Assert.Empty(recorder.Rest());
    }

    [Fact]
    public async Task Orchestration_ActivityInputThatDoesNotFit_FailsTheInstanceSayingWhy()
    {
        await using TestHost host = await TestHost.StartAsync(
            app => app.Services.AddSingleton(new Recorder()).AddScoped<Resource>(), typeof(Functions), typeof(Activities));
        var client = host.Application.Services.GetRequiredService<DurableTaskClient>();

        string id = await client.ScheduleNewOrchestrationInstanceAsync("misfit");
        OrchestrationMetadata done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("payload that is no Number", done.FailureDetails!.ToString(), StringComparison.Ordinal);
    }

    public sealed record Number(int Value);

    public sealed class Resource(Recorder recorder) : IDisposable
    {
        public string DefaultName { get; } = "nobody";

        public void Dispose() => recorder.Add("disposed");
    }

    public static class Functions
    {
        [Function("start")]
        public static async Task<IResult> Start(
            [HttpTrigger("get", Route = "start/{number}")] HttpRequest request, int number, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
        {
            StartOrchestrationOptions options = new(InstanceId: string.Create(CultureInfo.InvariantCulture, $"sum-{number}"));
            return Results.Text(await client.ScheduleNewOrchestrationInstanceAsync("sum", new Number(number), options, cancellationToken));
        }

        [Function("sum")]
        public static async Task<string> Sum([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            Number doubled = await context.CallActivityAsync<Number>("double", context.GetInput<Number>());
            string name = await context.CallActivityAsync<string>("name");
            return string.Create(CultureInfo.InvariantCulture, $"{doubled.Value} for {context.InstanceId}, {name}");
        }

        [Function("misfit")]
        public static Task Misfit([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<Number>("double", "not a number");
    }

    public sealed class Activities(Recorder recorder, Resource resource)
    {
        [Function("double")]
        public async Task<Number> Double([ActivityTrigger] Number number, FunctionContext context, CancellationToken cancellationToken)
        {
            await Task.Yield();
            recorder.Add($"double in {context.BindingContext.BindingData["instanceId"]}");
            return new Number(number.Value * 2);
        }

        [Function("name")]
        public string Name([ActivityTrigger] string? name) => name ?? resource.DefaultName;
    }
}
