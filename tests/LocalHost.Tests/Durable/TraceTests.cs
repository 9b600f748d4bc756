using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.DurableTask;
using Trainyard.LocalHost.Durable;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>An orchestration stays in the trace of whoever started it, in whatever process it goes on.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task CallActivity_OfAnInstanceStartedInATrace_KnowsItAcrossRestarts()
    {
        ConcurrentDictionary<string, string?> traces = new(StringComparer.Ordinal);
        await using EngineHarness harness = Harness(traces);
        await harness.OpenAsync();
        ActivityTraceId trace;
        string id;
        using (Activity request = new Activity("request").Start())
        {
            trace = request.TraceId;
            id = await harness.StartAsync("Main");
        }

        await harness.UntilAsync(id, shown => shown.ReadCustomStatusAs<string>() == "waits");
        await harness.ReopenAsync();
        using (new Activity("another request").Start())
        {
            await harness.Client.RaiseEventAsync(id, "go", "on");
        }

        await harness.EndAsync(id);
        Assert.Equal(["after", "again", "before", "child"], traces.Keys.Order(StringComparer.Ordinal));
        Assert.All(traces.Values, found => Assert.Equal(trace, ActivityContext.Parse(found!, null).TraceId));
    }

    [Fact]
    public async Task CallActivity_OfAnInstanceStartedByNobodyTraced_KnowsNoTrace()
    {
        ConcurrentDictionary<string, string?> traces = new(StringComparer.Ordinal);
        await using EngineHarness harness = Harness(traces);
        await harness.OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.Client.RaiseEventAsync(id, "go", "on");
        await harness.EndAsync(id);

        Assert.Equal(4, traces.Count);
        Assert.All(traces.Values, Assert.Null);
    }

    [Theory]
    [InlineData("Good", ActivityStatusCode.Unset)]
    [InlineData("Bad", ActivityStatusCode.Error)]
    public async Task End_OfAnInstanceStartedInATrace_IsToldWithItsTimeAndOutcome(string name, ActivityStatusCode expected)
    {
        ConcurrentQueue<Activity> told = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == DurableSpans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = told.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using EngineHarness harness = await new EngineHarness()
            .Orchestrator("Good", static context => Task.FromResult<object?>(null))
            .Orchestrator("Bad", static context => throw new InvalidOperationException("as planned"))
            .OpenAsync();
        string id;
        using (new Activity("request").Start())
        {
            id = await harness.StartAsync(name);
        }

        await harness.EndAsync(id);
        await harness.Engine.StopAsync(CancellationToken.None);
        Activity[] own = [.. told.Where(span => (string?)span.GetTagItem("durabletask.task.instance_id") == id)];
        Activity created = Assert.Single(own, span => span.OperationName == $"create_orchestration:{name}");
        Activity whole = Assert.Single(own, span => span.OperationName == $"orchestration:{name}");
        Assert.Equal((created.TraceId, created.SpanId, expected), (whole.TraceId, whole.ParentSpanId, whole.Status));
        Assert.True(whole.Duration >= TimeSpan.Zero);
    }

    private static EngineHarness Harness(ConcurrentDictionary<string, string?> traces)
    {
        EngineHarness harness = new();
        harness.Catalog.AddActivity("Step", (call, _) =>
        {
            traces[DurableJson.Converter.Deserialize<string>(call.SerializedInput)!] = call.Trace;
            return Task.FromResult<object?>(null);
        });
        return harness
            .Orchestrator("Child", static async context => await context.CallActivityAsync<object?>("Step", "child"))
            .Orchestrator("Main", static async context =>
            {
                if (context.GetInput<string>() == "again")
                {
                    return await context.CallActivityAsync<object?>("Step", "again");
                }

                await context.CallActivityAsync<object?>("Step", "before");
                context.SetCustomStatus("waits");
                await context.WaitForExternalEvent<string>("go");
                await context.CallActivityAsync<object?>("Step", "after");
                await context.CallSubOrchestratorAsync<object?>("Child");
                context.ContinueAsNew("again");
                return null;
            });
    }
}
