using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>What is done to instances from outside.</summary>
public sealed class InstanceControlTests
{
    [Fact]
    public async Task Suspend_ThenResume_ShowsStatusAndFinishes()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", async context => await context.WaitForExternalEvent<string>("go"))
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.Client.SuspendInstanceAsync(id, "lunch");
        await harness.UntilAsync(id, current => current.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await harness.Client.RaiseEventAsync(id, "go", "x");
        await harness.Client.ResumeInstanceAsync(id);
        Assert.Equal("\"x\"", (await harness.EndAsync(id)).SerializedOutput);
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Terminate_Recursive_ReachesChildrenOnRequest(bool recursive, OrchestrationRuntimeStatus child)
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Child", async context => await context.WaitForExternalEvent<string>("never"))
            .Orchestrator("Main", async context => await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await harness.UntilAsync("child", current => current.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await harness.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("stop", recursive));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await harness.EndAsync(id)).RuntimeStatus);
        await harness.UntilAsync("child", current => current.RuntimeStatus == child);
    }

    [Fact]
    public async Task Terminate_WithWaitingFanOut_SkipsWhatHasNotBegun()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EngineHarness harness = new EngineHarness()
            .Activity<int>("Slow", async (value, _) =>
            {
                await release.Task;
                return value;
            })
            .Activity<int>("Last", value => value)
            .Orchestrator("Last", async context => await context.CallActivityAsync<int>("Last", 1))
            .Orchestrator("Main", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 20).Select(part => context.CallActivityAsync<int>("Slow", part)))).Length);
        harness.Options = harness.Options with { MaxConcurrentActivities = 1 };
        await harness.OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await harness.Client.TerminateInstanceAsync(id);
        await harness.EndAsync(id);
        release.SetResult();
        await harness.RunAsync("Last");
        Assert.InRange(harness.Calls.Keys.Count(call => call.StartsWith("Slow", StringComparison.Ordinal)), 0, 1);
    }

    [Fact]
    public async Task Purge_Recursive_RemovesEndedFamilyAndNothingThatRuns()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Child", context => Task.FromResult<object?>(1))
            .Orchestrator("Main", async context => await context.CallSubOrchestratorAsync<int>("Child"))
            .Orchestrator("Runs", async context => await context.WaitForExternalEvent<string>("never"))
            .OpenAsync();
        string id = (await harness.RunAsync("Main")).InstanceId;
        string runs = await harness.StartAsync("Runs");
        Assert.Equal(0, (await harness.Client.PurgeInstanceAsync(runs)).PurgedInstanceCount);
        Assert.Equal(2, (await harness.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(true))).PurgedInstanceCount);
        Assert.Null(await harness.Client.GetInstanceAsync(id));
        Assert.NotNull(await harness.Client.GetInstanceAsync(runs));
        Assert.Equal(0, (await harness.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
    }

    [Fact]
    public async Task RaiseEvent_EndedOrUnknownInstance_IsDiscarded()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", context => Task.FromResult<object?>(1))
            .OpenAsync();
        string id = (await harness.RunAsync("Main")).InstanceId;
        await harness.Client.RaiseEventAsync(id, "late", 1);
        await harness.Client.RaiseEventAsync("nobody", "late", 1);
        Assert.Empty((await harness.PendingAsync()).Deliveries);
        await Assert.ThrowsAsync<ArgumentException>(() => harness.Client.WaitForInstanceCompletionAsync("nobody"));
    }
}
