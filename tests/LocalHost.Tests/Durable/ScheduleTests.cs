using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Starts of instances: ids, conflicts, moments and limits.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public async Task Schedule_UnknownOrchestrator_FailsWithItsName()
    {
        await using EngineHarness harness = await new EngineHarness().OpenAsync();
        OrchestrationMetadata end = await harness.RunAsync("Missing");
        Assert.Equal("durable_function_unknown", end.FailureDetails!.ErrorType);
        Assert.Contains("'Missing'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_InputTooLarge_Throws()
    {
        await using EngineHarness harness = new();
        harness.Options = harness.Options with { Limits = OrchestrationLimits.Default with { PayloadCharacters = 5 } };
        await harness.OpenAsync();
        DurableException error = await Assert.ThrowsAsync<DurableException>(() => harness.StartAsync("Main", "a long input"));
        Assert.Equal("payload_too_large", error.Code);
    }

    [Fact]
    public async Task Schedule_SameIdWhileRunning_ConflictsAndAfterTheEndRestarts()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", async context => await context.WaitForExternalEvent<string>("go"))
            .OpenAsync();
        await harness.StartAsync("Main", null, "one");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => harness.StartAsync("Main", null, "one"));
        await harness.Client.RaiseEventAsync("one", "go", "first");
        Assert.Equal("\"first\"", (await harness.EndAsync("one")).SerializedOutput);
        await harness.StartAsync("Main", null, "one");
        await harness.Client.RaiseEventAsync("one", "go", "second");
        Assert.Equal("\"second\"", (await harness.EndAsync("one")).SerializedOutput);
    }

    [Fact]
    public async Task Schedule_DedupeStatuses_DecideWhatIsReplaced()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", async context => await context.WaitForExternalEvent<string>("go"))
            .OpenAsync();
        await harness.StartAsync("Main", null, "one");
        await harness.UntilAsync("one", current => current.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        StartOrchestrationOptions replace = new StartOrchestrationOptions("one").WithDedupeStatuses();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Main", null, replace);
        await harness.Client.RaiseEventAsync("one", "go", "again");
        Assert.Equal("\"again\"", (await harness.EndAsync("one")).SerializedOutput);
        StartOrchestrationOptions keep = new StartOrchestrationOptions("one").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => harness.Client.ScheduleNewOrchestrationInstanceAsync("Main", null, keep));
    }

    [Fact]
    public async Task Schedule_StartAt_WaitsPendingUntilThen()
    {
        ManualTimeProvider clock = new();
        await using EngineHarness harness = await new EngineHarness(clock)
            .Orchestrator("Main", context => Task.FromResult<object?>(context.CurrentUtcDateTime))
            .OpenAsync();
        DateTimeOffset start = clock.GetUtcNow().AddHours(1);
        string id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Main", null, new StartOrchestrationOptions(null, start));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await harness.ReopenAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start.UtcDateTime, (await harness.EndAsync(id)).ReadOutputAs<DateTime>());
    }
}
