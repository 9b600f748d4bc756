using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>What is shown of instances.</summary>
public sealed class InstanceQueryTests
{
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

    [Theory]
    [InlineData(null, null, "7 7")]
    [InlineData("3", null, "3 7")]
    [InlineData("3", "5", "3 5")]
    public async Task Version_OfInstancesStartedWithoutOne_IsTheDefault(string? version, string? childVersion, string expected)
    {
        await using EngineHarness harness = new();
        harness.Options = harness.Options with { DefaultVersion = "7" };
        await harness
            .Orchestrator("Child", context => Task.FromResult<object?>(context.Version))
            .Orchestrator("Main", async context => $"{context.Version} {await context.CallSubOrchestratorAsync<string>("Child", null, childVersion is null ? null : new SubOrchestrationOptions { Version = childVersion })}")
            .OpenAsync();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Main", null, new StartOrchestrationOptions("one") { Version = version is null ? default(TaskVersion?) : new TaskVersion(version) });

        OrchestrationMetadata ended = await harness.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true);

        Assert.Equal(expected, ended.ReadOutputAs<string>());
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
}
