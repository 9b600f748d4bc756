using Microsoft.DurableTask.Client;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Plans;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Traffic;

/// <summary>Canaries in flight survive a new build; see <see cref="HistoryFixtures"/>.</summary>
public sealed class CanaryHistoryTests
{
    private static readonly HistoryFixtures Fixtures = new("Traffic", "canary", CanaryHistory.Recorder);

    public static TheoryData<string> Recorded() => Fixtures.All;

    public static TheoryData<string> Ways() => [.. CanaryHistory.Ways];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Replay_OfAHistoryThatMayBeInFlight_TakesTheSameSteps(string file) => Assert.NotNull(Fixtures.Replay(file).End);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way) =>
        Fixtures.AssertSteps(way, CanaryHistory.Record(way, $"{OrchestrationVersion.Current}").History);

    [Fact]
    public void Run_ManyLooks_GoesOnAsNewWithTheSameCanary()
    {
        (RecordedHistory history, ExecutionEnd end) = CanaryHistory.Record("long", $"{OrchestrationVersion.Current}");

        Assert.Equal(ExecutionEnd.ContinuedAsNew, end.Status);
        Assert.Equal("fruit", DurableJson.Converter.Deserialize<TrafficPlanKey>(end.Output)!.Model);
        Assert.Equal(CanaryOrchestration.LooksOfGeneration, history.Events.Count(each => each.Kind == HistoryEventKind.TimerCreated));
    }

    [Fact]
    public void Run_WokenByWhoeverAskedForSomething_LooksWithoutWaiting()
    {
        (RecordedHistory history, ExecutionEnd end) = CanaryHistory.Record("woken", $"{OrchestrationVersion.Current}");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.Status);
        Assert.DoesNotContain(history.Events, each => each.Kind == HistoryEventKind.TimerFired);
    }
}
