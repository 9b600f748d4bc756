using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>What the engine raises an alarm about: once, and only where nobody else decides what a failure means.</summary>
public class DurableLogTests
{
    private static readonly TaskOptions Thrice = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task Activity_WhoseFailureItsOrchestratorHandles_RaisesNoAlarm()
    {
        await using EngineHarness harness = await Failing("Main", async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Fail", "x", Thrice);
            }
            catch (TaskFailedException)
            {
                return "handled";
            }
        }).OpenAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await harness.RunAsync("Main")).RuntimeStatus);

        Assert.Empty(harness.Logged.Alarms);
        Assert.Equal(3, harness.Logged.Entries.Count(entry => entry is { Level: LogLevel.Information } && entry.Message.Contains("The disk is gone.", StringComparison.Ordinal)));
        Assert.Equal(3, harness.Logged.Entries.Count(entry => entry is { Level: LogLevel.Debug, Exception: IOException }));
    }

    [Fact]
    public async Task Orchestration_ThatFails_RaisesOneAlarmWithItsReason()
    {
        await using EngineHarness harness = await Failing("Child", async context => await context.CallActivityAsync<string>("Fail", "x"))
            .Orchestrator("Main", async context => await context.CallSubOrchestratorAsync<string>("Child"))
            .OpenAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await harness.RunAsync("Main", instanceId: "one")).RuntimeStatus);

        LogEntry alarm = Assert.Single(harness.Logged.Alarms);
        Assert.Equal(LogLevel.Error, alarm.Level);
        Assert.All(["Main", "'one'", "The disk is gone."], word => Assert.Contains(word, alarm.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orchestration_OfUnknownName_RaisesOneAlarm()
    {
        await using EngineHarness harness = await new EngineHarness().OpenAsync();

        await harness.RunAsync("Nothing");

        Assert.Contains("Nothing", Assert.Single(harness.Logged.Alarms).Message, StringComparison.Ordinal);
    }

    private static EngineHarness Failing(string name, Func<TaskOrchestrationContext, Task<object?>> orchestrator) => new EngineHarness()
        .Activity<string>("Fail", _ => throw new IOException("The disk is gone."))
        .Orchestrator(name, orchestrator);
}
