using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Xunit.Abstractions;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Every scenario, run plainly and with a crash before and after commits; all end alike, each step recorded once.</summary>
public class CrashTests(ITestOutputHelper output)
{
    private const int Seed = 4711;
    private const int Samples = 3;

    public static TheoryData<string, int> Walks()
    {
        TheoryData<string, int> walks = [];
        foreach (Scenario scenario in Scenario.All)
        {
            walks.Add(scenario.Name, 1000);
            walks.Add(scenario.Name, 0);
        }

        return walks;
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task Run_CrashAroundEveryCommit_EndsAlikeWithEachStepOnce(string name, int cachedSessions)
    {
        Scenario scenario = Scenario.All.Single(each => each.Name == name);
        int commits = await RunAsync(scenario, cachedSessions, new Crash(int.MaxValue, before: true));
        Assert.True(commits > 1, $"{commits} commits");

        // Timing may need a few commits more than the plain run did; beyond the last one no crash happens.
        for (int commit = 1; commit <= commits; commit++)
        {
            await RunAsync(scenario, cachedSessions, new Crash(commit, before: true));
            await RunAsync(scenario, cachedSessions, new Crash(commit, before: false));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_LargeWithCrashesSampled_EndsAlikeWithEachStepOnce(bool before)
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        foreach (Scenario scenario in (Scenario[])[Scenario.FanOut(500), Scenario.Generations(1000)])
        {
            int commits = await RunAsync(scenario, 1000, new Crash(int.MaxValue, before));
            for (int sample = 0; sample < Samples; sample++)
            {
                await RunAsync(scenario, 1000, new Crash(random.Next(1, commits + 1), before));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OneCommitFails_CarriesOnByItself(bool before)
    {
        // The first commit is the client's, who is told; every other one is the engine's own affair.
        const int FirstOfEngine = 2;
        const int LastOfScenario = 6;
        for (int commit = FirstOfEngine; commit <= LastOfScenario; commit++)
        {
            await using EngineHarness harness = new();
            Scenario scenario = Scenario.Sequence(5);
            scenario.Define(harness);
            await harness.OpenAsync(new Hiccup(commit, before));
            await PlayAsync(scenario, harness.Client, CancellationToken.None).WaitAsync(EngineHarness.Patience);
            await AssertOutcomeAsync(scenario, harness);
        }
    }

    private static async Task<int> RunAsync(Scenario scenario, int cachedSessions, Crash crash)
    {
        await using EngineHarness harness = new();
        harness.Options = harness.Options with { CachedSessions = cachedSessions };
        scenario.Define(harness);
        await harness.OpenAsync(crash);
        using CancellationTokenSource over = new(EngineHarness.Patience);
        Task play = PlayAsync(scenario, harness.Client, over.Token);
        await Task.WhenAny(play, crash.Happened.Task);
        if (crash.Happened.Task.IsCompleted)
        {
            await over.CancelAsync();
            Exception? told = await Record.ExceptionAsync(() => play);
            Assert.True(told is null or SimulatedCrashException or OperationCanceledException, $"{told}");
            await harness.ReopenAsync();
            await PlayAsync(scenario, harness.Client, CancellationToken.None).WaitAsync(EngineHarness.Patience);
        }
        else
        {
            await play;
        }

        await AssertOutcomeAsync(scenario, harness);
        return crash.Commits;
    }

    private static async Task PlayAsync(Scenario scenario, DurableTaskClient client, CancellationToken over)
    {
        try
        {
            StartOrchestrationOptions options = new(Scenario.InstanceId) { DedupeStatuses = Enum.GetNames<OrchestrationRuntimeStatus>() };
            await client.ScheduleNewOrchestrationInstanceAsync("Main", null, options, over);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started before the crash.
        }

        await scenario.Meanwhile(client);
        await client.WaitForInstanceCompletionAsync(Scenario.InstanceId, over);
    }

    private static async Task AssertOutcomeAsync(Scenario scenario, EngineHarness harness)
    {
        OrchestrationMetadata end = await harness.EndAsync(Scenario.InstanceId);
        Assert.Equal((scenario.Status, scenario.Output), (end.RuntimeStatus, end.SerializedOutput));
        await foreach (OrchestrationMetadata instance in harness.Client.GetAllInstancesAsync())
        {
            OrchestrationMetadata ended = await harness.EndAsync(instance.InstanceId);
            AssertEachStepOnce(await harness.HistoryAsync(ended.InstanceId));
        }

        Assert.Empty((await harness.PendingAsync()).Deliveries);
        Assert.Empty((await harness.PendingAsync()).Activities);
    }

    private static void AssertEachStepOnce(List<HistoryEvent> history)
    {
        HistoryEvent[] steps = [.. history.Where(each => each.IsStep)];
        Assert.Equal(Enumerable.Range(0, steps.Length), steps.Select(step => step.TaskId));
        IEnumerable<int> answers = history.Where(each => each.TaskId != HistoryEvent.NoTask && !each.IsStep).Select(each => each.TaskId);
        Assert.Equal(answers.Count(), answers.Distinct().Count());
        Assert.Single(history, each => each.Kind == HistoryEventKind.ExecutionStarted);
        Assert.Single(history, each => each.Kind == HistoryEventKind.ExecutionCompleted);
    }
}
