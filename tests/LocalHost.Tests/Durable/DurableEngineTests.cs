using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

public class DurableEngineTests
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

    [Fact]
    public async Task CreateTimer_AcrossRestart_FiresAtItsTime()
    {
        ManualTimeProvider clock = new();
        await using EngineHarness harness = await new EngineHarness(clock)
            .Orchestrator("Main", async context =>
            {
                DateTime begin = context.CurrentUtcDateTime;
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromDays(60), CancellationToken.None);
                return context.CurrentUtcDateTime - begin;
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.SerializedCustomStatus == "\"waiting\"");
        clock.Advance(TimeSpan.FromDays(30));
        await harness.ReopenAsync();
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(TimeSpan.FromDays(60), (await harness.EndAsync(id)).ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task CreateTimer_ClockLeapsWhileTheComputerSleeps_FiresAtTheNextLook()
    {
        ManualTimeProvider clock = new();
        await using EngineHarness harness = await new EngineHarness(clock)
            .Orchestrator("Main", async context =>
            {
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
                return 1;
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.SerializedCustomStatus == "\"waiting\"");
        clock.Sleep(TimeSpan.FromHours(3));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1", (await harness.EndAsync(id)).SerializedOutput);
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
    public async Task Query_PagesAndFilters_ReturnEachInstanceOnce()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", context => Task.FromResult<object?>(context.GetInput<int>()))
            .Orchestrator("Runs", async context => await context.WaitForExternalEvent<string>("never"))
            .OpenAsync();
        for (int each = 0; each < 7; each++)
        {
            await harness.RunAsync("Main", each, $"run-{each}");
        }

        await harness.StartAsync("Runs", null, "other");
        OrchestrationQuery query = new(InstanceIdPrefix: "run-", PageSize: 3, FetchInputsAndOutputs: true, Statuses: [OrchestrationRuntimeStatus.Completed]);
        List<int> sizes = [];
        List<int> outputs = [];
        await foreach (Page<OrchestrationMetadata> page in harness.Client.GetAllInstancesAsync(query).AsPages())
        {
            sizes.Add(page.Values.Count);
            outputs.AddRange(page.Values.Select(each => each.ReadOutputAs<int>()));
        }

        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(Enumerable.Range(0, 7), outputs.Order());
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await harness.Client.GetAllInstancesAsync(new OrchestrationQuery(ContinuationToken: "rubbish")).AsPages().FirstAsync());
    }

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

    [Fact]
    public async Task Metadata_TagsVersionAndInput_AreShown()
    {
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Main", context => Task.FromResult<object?>(context.Version))
            .OpenAsync();
        StartOrchestrationOptions options = new("one") { Version = "3", Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "blue" } };
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Main", 42, options);
        OrchestrationMetadata end = await harness.EndAsync("one");
        Assert.Equal(("3", 42, "blue"), (end.ReadOutputAs<string>(), end.ReadInputAs<int>(), end.Tags["team"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_OptionOutOfRange_NamesTheSetting(int activities)
    {
        DurableOptions options = new("x.db") { MaxConcurrentActivities = activities };
        DurableException error = Assert.Throws<DurableException>(options.Validate);
        Assert.Contains("DurableOptions.MaxConcurrentActivities must be at least 1", error.Message, StringComparison.Ordinal);
    }
}
