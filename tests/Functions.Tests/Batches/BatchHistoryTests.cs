using Microsoft.DurableTask.Client;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Batches;

/// <summary>Jobs in flight survive a new build; see <see cref="HistoryFixtures"/>.</summary>
public class BatchHistoryTests
{
    private static readonly HistoryFixtures Fixtures = new("Batches", "batch", BatchHistory.Recorder);

    public static TheoryData<string> Recorded() => Fixtures.All;

    public static TheoryData<string> Ways() => [.. BatchHistory.Ways];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Replay_OfAHistoryThatMayBeInFlight_TakesTheSameSteps(string file) => Assert.NotNull(Fixtures.Replay(file).End);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way) =>
        Fixtures.AssertSteps(way, BatchHistory.Record(way, $"{OrchestrationVersion.Current}").History);

    [Fact]
    public void Run_ManyStretches_GoesOnAsNewWithFewEvents()
    {
        (RecordedHistory history, ExecutionEnd end) = BatchHistory.Record("long", $"{OrchestrationVersion.Current}");

        Assert.Equal(ExecutionEnd.ContinuedAsNew, end.Status);
        BatchWork next = DurableJson.Converter.Deserialize<BatchWork>(end.Output)!;
        Assert.Equal((BatchOrchestration.ChunksPerHistory, BatchOrchestration.ChunksPerHistory + 50), (next.NextChunk, next.Chunks));
        Assert.Equal(BatchOrchestration.ChunksPerHistory + 1, history.Steps.Count());
    }

    [Fact]
    public void Run_AStretchThatFails_SetsItAsideAndPredictsTheOthers()
    {
        (RecordedHistory history, ExecutionEnd end) = BatchHistory.Record("set_aside", $"{OrchestrationVersion.Current}");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.Status);
        Assert.Equal(5, history.Events.Count(each => each.IsStep && each.Name == nameof(BatchActivities.PredictChunk)));
        Assert.Single(history.Events, each => each.IsStep && each.Name == nameof(BatchActivities.SetChunkAside));
        Assert.Single(history.Events, each => each.IsStep && each.Name == nameof(BatchActivities.FinishBatch));
    }

    [Fact]
    public void Run_AJobThatIsNoLongerWanted_BeginsNoFurtherStretch()
    {
        (RecordedHistory history, _) = BatchHistory.Record("cancelled", $"{OrchestrationVersion.Current}");

        Assert.InRange(history.Events.Count(each => each.IsStep && each.Name == nameof(BatchActivities.PredictChunk)), 1, 4);
        Assert.Equal(nameof(BatchActivities.EndBatch), history.Events.Last(each => each.IsStep).Name);
    }
}
