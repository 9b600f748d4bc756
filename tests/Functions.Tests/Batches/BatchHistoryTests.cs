using Microsoft.DurableTask.Client;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Pipelines;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Batches;

/// <summary>
/// Jobs in flight survive a new build: histories of every version, as an engine keeps them, are replayed by the code as it
/// is now. With TRAINYARD_RECORD_HISTORIES=1 those of the current version are recorded beside this file.
/// </summary>
public class BatchHistoryTests
{
    private const string Record = "TRAINYARD_RECORD_HISTORIES";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Batches", "Fixtures");

    public static TheoryData<string> Recorded() => [.. Directory.EnumerateFiles(Folder, "batch.*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ways() => [.. BatchHistory.Ways];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Replay_OfAHistoryThatMayBeInFlight_TakesTheSameSteps(string file)
    {
        RunHistory history = RunHistory.Read(Path.Combine(Folder, file));

        Assert.NotNull(BatchHistory.Replay(history));
        foreach (int length in Enumerable.Range(1, history.Events.Count - 1).Where(length => history.Events[length].Kind == HistoryEventKind.TurnStarted))
        {
            BatchHistory.Replay(history with { Events = [.. history.Events.Take(length)] });
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way)
    {
        string file = $"batch.{OrchestrationVersion.Current}.{way}.json";
        (RunHistory now, _) = BatchHistory.Record(way, $"{OrchestrationVersion.Current}");
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            string folder = Path.Combine(SourceFolder(), "Fixtures");
            Directory.CreateDirectory(folder);
            now.Write(Path.Combine(folder, file));
        }

        RunHistory then = RunHistory.Read(Path.Combine(Folder, file));
        Assert.True(
            then.Steps.SequenceEqual(now.Steps),
            $"The steps of a job have changed: count {nameof(OrchestrationVersion)}.{nameof(OrchestrationVersion.Current)} up, keep the old steps for older versions and record the new with {Record}=1.");
    }

    [Fact]
    public void Run_ManyStretches_GoesOnAsNewWithFewEvents()
    {
        (RunHistory history, ExecutionEnd end) = BatchHistory.Record("long", $"{OrchestrationVersion.Current}");

        Assert.Equal(ExecutionEnd.ContinuedAsNew, end.Status);
        BatchWork next = DurableJson.Converter.Deserialize<BatchWork>(end.Output)!;
        Assert.Equal((BatchOrchestration.ChunksPerHistory, BatchOrchestration.ChunksPerHistory + 50), (next.NextChunk, next.Chunks));
        Assert.Equal(BatchOrchestration.ChunksPerHistory + 1, history.Steps.Count());
    }

    [Fact]
    public void Run_AStretchThatFails_SetsItAsideAndPredictsTheOthers()
    {
        (RunHistory history, ExecutionEnd end) = BatchHistory.Record("set_aside", $"{OrchestrationVersion.Current}");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.Status);
        Assert.Equal(5, history.Events.Count(each => each.IsStep && each.Name == nameof(BatchActivities.PredictChunk)));
        Assert.Single(history.Events, each => each.IsStep && each.Name == nameof(BatchActivities.SetChunkAside));
        Assert.Single(history.Events, each => each.IsStep && each.Name == nameof(BatchActivities.FinishBatch));
    }

    [Fact]
    public void Run_AJobThatIsNoLongerWanted_BeginsNoFurtherStretch()
    {
        (RunHistory history, _) = BatchHistory.Record("cancelled", $"{OrchestrationVersion.Current}");

        Assert.InRange(history.Events.Count(each => each.IsStep && each.Name == nameof(BatchActivities.PredictChunk)), 1, 4);
        Assert.Equal(nameof(BatchActivities.EndBatch), history.Events.Last(each => each.IsStep).Name);
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
