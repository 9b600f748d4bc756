using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Trainyard.Functions.Orchestrations;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>
/// Runs in flight survive a new build: histories of every version, as an engine keeps them, are replayed by the code as it
/// is now. With TRAINYARD_RECORD_HISTORIES=1 those of the current version are recorded beside this file.
/// </summary>
public class RunHistoryTests
{
    private const string Record = "TRAINYARD_RECORD_HISTORIES";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Pipelines", "Fixtures");

    public static TheoryData<int, string> Recorded()
    {
        TheoryData<int, string> data = [];
        for (int version = 0; version <= OrchestrationVersion.Current; version++)
        {
            foreach (string way in RunHistory.WaysOf(version))
            {
                data.Add(version, way);
            }
        }

        return data;
    }

    public static TheoryData<string> Ways() => [.. RunHistory.Ways];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Replay_OfAHistoryThatMayBeInFlight_TakesTheSameSteps(int version, string way)
    {
        RunHistory history = RunHistory.Read(PathOf(Folder, version, way));

        ExecutionEnd? end = history.Replay();

        Assert.Equal((OrchestrationRuntimeStatus.Completed, history.Events[^1].Data), (end!.Status, end.Output));
        foreach (int length in Enumerable.Range(1, history.Events.Count).Where(length => length == history.Events.Count || history.Events[length].Kind == HistoryEventKind.TurnStarted))
        {
            (history with { Events = [.. history.Events.Take(length)] }).Replay();
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way)
    {
        RunHistory now = RunHistory.Record(way, VersionOf(OrchestrationVersion.Current));
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            now.Write(PathOf(Path.Combine(SourceFolder(), "Fixtures"), OrchestrationVersion.Current, way));
        }

        RunHistory then = RunHistory.Read(PathOf(Folder, OrchestrationVersion.Current, way));
        Assert.True(
            then.Steps.SequenceEqual(now.Steps),
            $"The steps of a run have changed: count {nameof(OrchestrationVersion)}.{nameof(OrchestrationVersion.Current)} up, keep the old steps for older versions and record the new with {Record}=1.");
    }

    [Fact]
    public void Replay_ByCodeThatTakesOtherSteps_IsFound()
    {
        RunHistory history = RunHistory.Record("deployed", VersionOf(OrchestrationVersion.Current));
        HistoryEvent[] without = [.. history.Events.Where(each => each.Name != "ApplyGate")];

        Assert.Throws<NonDeterminismException>(() => (history with { Events = without }).Replay());
    }

    [Fact]
    public void Replay_OfAVersionThatANewerBuildStarted_IsRefused()
    {
        RunHistory history = RunHistory.Record("deployed", VersionOf(OrchestrationVersion.Current + 1));

        Assert.Equal(typeof(NotSupportedException).FullName, history.Replay()!.Failure!.ErrorType);
        Assert.Empty(history.Steps);
    }

    [Fact]
    public void HostJson_StartsInstancesWithTheCurrentVersion()
    {
        JsonNode host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;

        Assert.Equal(VersionOf(OrchestrationVersion.Current), (string)host["extensions"]!["durableTask"]!["defaultVersion"]!);
    }

    private static string VersionOf(int version) => version == 0 ? "" : $"{version}";

    private static string PathOf(string folder, int version, string way) => Path.Combine(folder, $"run.{version}.{way}.json");

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
