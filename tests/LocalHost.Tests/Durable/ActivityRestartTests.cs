using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Activities around which the process dies, and what is done to those that are not to blame.</summary>
public sealed class ActivityRestartTests : IAsyncDisposable
{
    private const int MaxRestarts = 3;
    private readonly EngineHarness harness = new();
    private readonly SemaphoreSlim deadly = new(0);
    private readonly SemaphoreSlim slow = new(0);
    private readonly TaskCompletionSource never = new();
    private Death process = new();

    public ActivityRestartTests()
    {
        harness.Options = harness.Options with { MaxActivityRestarts = MaxRestarts, MaxConcurrentActivities = 2 };
        harness.Activity<int>("Deadly", (_, token) => RunAsync(deadly, token));
        harness.Activity<int>("Slow", (_, token) => RunAsync(slow, token));
        harness.Activity<int>("Good", input => input);
    }

    public async ValueTask DisposeAsync() => await harness.DisposeAsync();

    [Fact]
    public async Task Start_ActivityThatProcessesDieAround_FailsAfterTheRestartsAndIsNotRetried()
    {
        TaskOptions retry = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1)));
        harness.Orchestrator("Main", async context => await context.CallActivityAsync<int>("Deadly", 1, retry));
        await OpenAsync();
        string id = await harness.StartAsync("Main");
        for (int run = 0; run <= MaxRestarts; run++)
        {
            await EnterAsync(deadly);
            await DieAsync();
        }

        OrchestrationMetadata end = await harness.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(RetryLoop.KillsProcess, end.FailureDetails!.InnerFailure?.ErrorType ?? end.FailureDetails.ErrorType);
        Assert.Equal(MaxRestarts + 1, harness.Calls["Deadly 1"]);
        Assert.Empty((await harness.PendingAsync()).Activities);
    }

    [Fact]
    public async Task Start_StoppedOverAndOverWhileAnActivityRuns_BlamesNobody()
    {
        harness.Orchestrator("Main", async context => await context.CallActivityAsync<int>("Deadly", 1));
        await OpenAsync();
        await harness.StartAsync("Main");
        for (int run = 0; run <= MaxRestarts + 2; run++)
        {
            await EnterAsync(deadly);
            await harness.ReopenAsync();
        }

        await EnterAsync(deadly);
        Assert.Equal(1, Assert.Single((await harness.PendingAsync()).Activities).Restarts);
    }

    [Fact]
    public async Task Start_NeighbourOfADeadlyActivity_RunsAloneAndIsNotFailedWithIt()
    {
        harness.Orchestrator("Main", async context =>
        {
            Task<int> killer = context.CallActivityAsync<int>("Deadly", 1);
            Task<int> neighbour = context.CallActivityAsync<int>("Slow", 2);
            await Assert.ThrowsAsync<TaskFailedException>(() => killer);
            return await neighbour;
        });
        await OpenAsync();
        string id = await harness.StartAsync("Main");
        await EnterAsync(deadly);
        await EnterAsync(slow);
        await DieAsync();
        await EnterAsync(deadly);
        await EnterAsync(slow);

        // Both were counted once. From now on the first of them alone is with the process when it dies.
        for (int run = 1; run < MaxRestarts; run++)
        {
            await DieAsync();
            await EnterAsync(deadly);
            Assert.Equal("5", (await harness.RunAsync("Other")).SerializedOutput);
        }

        await DieAsync();
        await EnterAsync(slow);
        Assert.Equal(3, harness.Calls["Slow 2"]);
        never.SetResult();
        Assert.Equal("0", (await harness.EndAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Start_TerminatedWhileItsSuspectWaits_DoesNotRunIt()
    {
        harness.Orchestrator("Main", async context => await context.CallActivityAsync<int>(context.GetInput<string>()!, 1));
        await OpenAsync();
        await harness.StartAsync("Main", "Deadly");
        string second = await harness.StartAsync("Main", "Slow");
        for (int run = 0; run < 2; run++)
        {
            await EnterAsync(deadly);
            await EnterAsync(slow);

            // With one worker at last, what runs after the suspects tells that they are through.
            harness.Options = harness.Options with { MaxConcurrentActivities = 2 - run };
            await DieAsync();
        }

        await EnterAsync(deadly);
        await harness.Client.TerminateInstanceAsync(second);
        await harness.EndAsync(second);
        never.SetResult();

        Assert.Equal("5", (await harness.RunAsync("Other")).SerializedOutput);
        Assert.Equal(2, harness.Calls["Slow 1"]);
    }

    private async Task OpenAsync()
    {
        if (harness.Catalog.FindOrchestrator("Other") is null)
        {
            harness.Orchestrator("Other", async context => await context.CallActivityAsync<int>("Good", 5));
        }

        process = new Death();
        await harness.OpenAsync(process);
    }

    /// <summary>As a kill: nothing is written any more, then the file is opened by the next process.</summary>
    private async Task DieAsync()
    {
        process.Happens();
        await harness.Engine.DisposeAsync();
        await OpenAsync();
    }

    private static async Task EnterAsync(SemaphoreSlim activity) => Assert.True(await activity.WaitAsync(EngineHarness.Patience));

    private async Task<object?> RunAsync(SemaphoreSlim entered, CancellationToken cancellationToken)
    {
        entered.Release();
        await never.Task.WaitAsync(cancellationToken);
        return 0;
    }

    private sealed class Death : ICommitObserver
    {
        private volatile bool dead;

        public void Happens() => dead = true;

        public void BeforeCommit()
        {
            if (dead)
            {
                throw new SimulatedCrashException();
            }
        }

        public void AfterCommit()
        {
        }
    }
}
