using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>Runs in flight survive a new build; see <see cref="HistoryFixtures"/>.</summary>
public class RunHistoryTests
{
    private static readonly HistoryFixtures Fixtures = new("Pipelines", "run", RunHistory.Recorder);

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
        (RecordedHistory history, ExecutionEnd? end) = Fixtures.Replay(Fixtures.NameOf(version, way));

        Assert.Equal((OrchestrationRuntimeStatus.Completed, history.Events[^1].Data), (end!.Status, end.Output));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Steps_OfTheCurrentVersion_AreAsRecorded(string way) =>
        Fixtures.AssertSteps(way, RunHistory.Record(way, VersionOf(OrchestrationVersion.Current)));

    [Fact]
    public void Replay_ByCodeThatTakesOtherSteps_IsFound()
    {
        RecordedHistory history = RunHistory.Record("deployed", VersionOf(OrchestrationVersion.Current));
        HistoryEvent[] without = [.. history.Events.Where(each => each.Name != "ApplyGate")];

        Assert.Throws<NonDeterminismException>(() => RunHistory.Recorder.Replay(history with { Events = without }));
    }

    [Fact]
    public void Replay_OfAVersionThatANewerBuildStarted_IsRefused()
    {
        RecordedHistory history = RunHistory.Record("deployed", VersionOf(OrchestrationVersion.Current + 1));

        Assert.Equal(typeof(NotSupportedException).FullName, RunHistory.Recorder.Replay(history)!.Failure!.ErrorType);
        Assert.Empty(history.Steps);
    }

    [Fact]
    public void HostJson_StartsInstancesWithTheCurrentVersion()
    {
        JsonNode host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;

        JsonNode durable = host["extensions"]!["durableTask"]!;
        Assert.Equal(VersionOf(OrchestrationVersion.Current), (string)durable["defaultVersion"]!);

        // While a deployment is under way, hosts of the version before leave newer instances to those that know them.
        Assert.Equal(("CurrentOrOlder", "Reject"), ((string)durable["versionMatchStrategy"]!, (string)durable["versionFailureStrategy"]!));
    }

    private static string VersionOf(int version) => version == 0 ? "" : $"{version}";
}
