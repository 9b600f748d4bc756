using System.Runtime.CompilerServices;
using Trainyard.Functions.Orchestrations;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Orchestrations;

/// <summary>
/// Orchestrations in flight survive a new build: histories of every version, as an engine keeps them, are replayed by the
/// code as it is now. With TRAINYARD_RECORD_HISTORIES=1 those of the current version are recorded in the folder <c>Fixtures</c> of the tests.
/// </summary>
/// <param name="folder">The folder of the tests in their project.</param>
/// <param name="prefix">What the files' names begin with.</param>
/// <param name="recorder">Replays them.</param>
internal sealed class HistoryFixtures(string folder, string prefix, HistoryRecorder recorder)
{
    private const string Recording = "TRAINYARD_RECORD_HISTORIES";

    private readonly string files = Path.Combine(AppContext.BaseDirectory, folder, "Fixtures");

    /// <summary>The names of all that were recorded.</summary>
    public TheoryData<string> All => [.. Directory.EnumerateFiles(files, $"{prefix}.*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The file of a way.</summary>
    public string NameOf(int version, string way) => $"{prefix}.{version}.{way}.json";

    /// <summary>Replays a history, and every beginning of it that ends with a turn.</summary>
    /// <returns>The history, and how the orchestration ends.</returns>
    public (RecordedHistory History, ExecutionEnd? End) Replay(string file)
    {
        RecordedHistory history = RecordedHistory.Read(Path.Combine(files, file));
        foreach (int length in Enumerable.Range(1, history.Events.Count - 1).Where(length => history.Events[length].Kind == HistoryEventKind.TurnStarted))
        {
            recorder.Replay(history with { Events = [.. history.Events.Take(length)] });
        }

        return (history, recorder.Replay(history));
    }

    /// <summary>Holds the steps of a way against those that were recorded for the current version.</summary>
    public void AssertSteps(string way, RecordedHistory now)
    {
        string file = NameOf(OrchestrationVersion.Current, way);
        if (Environment.GetEnvironmentVariable(Recording) == "1")
        {
            string source = Path.Combine(SourceFolder(), "..", folder, "Fixtures");
            Directory.CreateDirectory(source);
            now.Write(Path.Combine(source, file));
        }

        Assert.True(
            RecordedHistory.Read(Path.Combine(files, file)).Steps.SequenceEqual(now.Steps),
            $"The steps of {prefix} have changed: count {nameof(OrchestrationVersion)}.{nameof(OrchestrationVersion.Current)} up, keep the old steps for older versions and record the new with {Recording}=1.");
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
