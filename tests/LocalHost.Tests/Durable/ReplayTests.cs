using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>What must survive a replay.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Replay_ChangedCode_FailsNamingBothSteps()
    {
        string activity = "Old";
        await using EngineHarness harness = await new EngineHarness()
            .Activity<int>("Old", value => value)
            .Orchestrator("Main", async context =>
            {
                await context.CallActivityAsync<int>(activity, 1);
                return await context.WaitForExternalEvent<string>("go");
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        activity = "New";
        await harness.ReopenAsync();
        await harness.Client.RaiseEventAsync(id, "go", "x");
        OrchestrationMetadata end = await harness.EndAsync(id);
        Assert.Contains("expected step 0 ActivityScheduled 'Old', found step 0 ActivityScheduled 'New'", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetCustomStatus_ThenContinueAsNewWithoutOne_KeepsItUntilItIsCleared()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    context.SetCustomStatus("kept");
                    context.ContinueAsNew(1);
                    return null;
                }

                await context.WaitForExternalEvent<string>("clear");
                context.SetCustomStatus(null);
                return await context.WaitForExternalEvent<string>("end");
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main", 0);
        await harness.UntilAsync(id, current => current.SerializedInput == "1" && current.SerializedCustomStatus == "\"kept\"");
        await harness.ReopenAsync();
        await harness.Client.RaiseEventAsync(id, "unheard");
        await harness.Client.RaiseEventAsync(id, "clear");
        await harness.UntilAsync(id, current => current.SerializedCustomStatus is null);
        await harness.Client.RaiseEventAsync(id, "end");
        await harness.EndAsync(id);
    }
}
