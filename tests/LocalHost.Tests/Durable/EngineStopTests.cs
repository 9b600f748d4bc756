using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Stops while activities run.</summary>
public sealed class EngineStopTests
{
    [Fact]
    public async Task Stop_WithActivityRunning_RecordsItsOutcome()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EngineHarness harness = new EngineHarness(TimeProvider.System)
            .Activity<int>("Slow", async (value, _) =>
            {
                begun.TrySetResult();
                await release.Task;
                return value + 1;
            })
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>("Slow", 1));
        harness.Options = harness.Options with { DrainTimeout = EngineHarness.Patience };
        await harness.OpenAsync();
        string id = await harness.StartAsync("Main");
        await begun.Task;
        Task stop = harness.Engine.StopAsync(CancellationToken.None);
        release.SetResult();
        await stop;
        await harness.ReopenAsync();
        Assert.Equal("2", (await harness.EndAsync(id)).SerializedOutput);
        Assert.Equal(1, harness.Calls["Slow 1"]);
    }

    [Fact]
    public async Task Stop_ActivityIgnoresPatience_IsCancelledAndRunsAgain()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool again = false;
        await using EngineHarness harness = await new EngineHarness()
            .Activity<int>("Endless", async (value, token) =>
            {
                begun.TrySetResult();
                await (again ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, token));
                return value;
            })
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>("Endless", 1))
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await begun.Task;
        again = true;
        await harness.ReopenAsync();
        Assert.Equal("1", (await harness.EndAsync(id)).SerializedOutput);
        Assert.Equal(2, harness.Calls["Endless 1"]);
    }

    [Fact]
    public async Task Stop_ActivityFailsOnceItWasCancelled_IsNotRecordedAndRunsAgain()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool again = false;
        await using EngineHarness harness = await new EngineHarness()
            .Activity<int>("Bereft", async (value, token) =>
            {
                begun.TrySetResult();
                try
                {
                    await (again ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, token));
                    return value;
                }
                catch (OperationCanceledException cancelled)
                {
                    throw new ObjectDisposedException("The host's services are gone.", cancelled);
                }
            })
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>("Bereft", 1))
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await begun.Task;
        again = true;
        await harness.ReopenAsync();
        OrchestrationMetadata end = await harness.EndAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "1"), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Fact]
    public async Task Stop_InAHurry_CancelsWhatRunsAtOnce()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EngineHarness harness = new EngineHarness(new ManualTimeProvider())
            .Activity<int>("Endless", async (value, token) =>
            {
                token.Register(cancelled.SetResult);
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return value;
            })
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>("Endless", 1));
        harness.Options = harness.Options with { DrainTimeout = TimeSpan.FromHours(1) };
        await harness.OpenAsync();
        await harness.StartAsync("Main");
        await begun.Task;
        await harness.Engine.StopAsync(new CancellationToken(canceled: true)).WaitAsync(EngineHarness.Patience);
        Assert.True(cancelled.Task.IsCompleted);
    }
}
