using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Pipelines;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Traffic;

/// <summary>
/// Canaries in flight survive a new build: histories of every version, as an engine keeps them, are replayed by the code as it
/// is now. With TRAINYARD_RECORD_HISTORIES=1 those of the current version are recorded beside this file.
/// </summary>
public sealed class CanaryHistoryTests
{
    private const string Record = "TRAINYARD_RECORD_HISTORIES";

    public static TheoryData<string> Recorded() => [.. Directory.EnumerateFiles(Folder(), "canary.*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ways() => [.. CanaryHistory.Ways];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Replay_OfAHistoryThatMayBeInFlight_TakesTheSameSteps(string file)
    {
        RunHistory history = RunHistory.Read(Path.Combine(Folder(), file));

        Assert.NotNull(CanaryHistory.Replay(history));
        foreach (int length in Enumerable.Range(1, history.Events.Count - 1).Where(length => history.Events[length].Kind == HistoryEventKind.TurnStarted))
        {
            CanaryHistory.Replay(history with { Events = [.. history.Events.Take(length)] });
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way)
    {
        string path = Path.Combine(Folder(), $"canary.{OrchestrationVersion.Current}.{way}.json");
        (RunHistory now, _) = CanaryHistory.Record(way, $"{OrchestrationVersion.Current}");
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            now.Write(path);
        }

        Assert.True(
            RunHistory.Read(path).Steps.SequenceEqual(now.Steps),
            $"The steps of a canary have changed: count {nameof(OrchestrationVersion)}.{nameof(OrchestrationVersion.Current)} up, keep the old steps for older versions and record the new with {Record}=1.");
    }

    [Fact]
    public void Run_ManyLooks_GoesOnAsNewWithTheSameCanary()
    {
        (RunHistory history, ExecutionEnd end) = CanaryHistory.Record("long", $"{OrchestrationVersion.Current}");

        Assert.Equal(ExecutionEnd.ContinuedAsNew, end.Status);
        Assert.Equal("fruit", DurableJson.Converter.Deserialize<CanaryKey>(end.Output)!.Model);
        Assert.Equal(CanaryOrchestration.LooksOfGeneration, history.Events.Count(each => each.Kind == HistoryEventKind.TimerCreated));
    }

    [Fact]
    public void Run_WokenByWhoeverAskedForSomething_LooksWithoutWaiting()
    {
        (RunHistory history, ExecutionEnd end) = CanaryHistory.Record("woken", $"{OrchestrationVersion.Current}");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.Status);
        Assert.DoesNotContain(history.Events, each => each.Kind == HistoryEventKind.TimerFired);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Fixtures");
}
