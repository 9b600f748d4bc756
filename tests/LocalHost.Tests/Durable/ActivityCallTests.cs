using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Calls of activities that cannot succeed.</summary>
public sealed class ActivityCallTests
{
    [Fact]
    public async Task CallActivity_UnknownActivity_IsNotRetried()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>(
                "Missing", null, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1)))))
            .OpenAsync();
        OrchestrationMetadata end = await harness.RunAsync("Main");
        Assert.Equal("durable_function_unknown", end.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Single(await harness.HistoryAsync(end.InstanceId), each => each.Kind == HistoryEventKind.ActivityScheduled);
    }

    [Fact]
    public async Task CallActivity_ResultTooLarge_FailsTheActivityWithRemedy()
    {
        await using EngineHarness harness = new EngineHarness()
            .Activity<int>("Big", _ => new string('x', 1000))
            .Orchestrator("Main", async context => await context.CallActivityAsync<string>("Big", 0));
        harness.Options = harness.Options with { Limits = OrchestrationLimits.Default with { PayloadCharacters = 500 } };
        await harness.OpenAsync();
        OrchestrationMetadata end = await harness.RunAsync("Main");
        Assert.Contains("result of activity 'Big' has 1002 characters", end.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }
}
