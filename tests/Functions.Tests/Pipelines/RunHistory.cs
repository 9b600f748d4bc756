using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Registry;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Learning;
using Trainyard.Learning.Selection;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>What an engine keeps of an orchestration: of one that is recorded here, or of one that an earlier build left.</summary>
/// <param name="Version">The instance's version; empty for none.</param>
/// <param name="Events">Its history.</param>
internal sealed record RunHistory(string Version, IReadOnlyList<HistoryEvent> Events)
{
    /// <summary>The ways of a run that are recorded.</summary>
    public static readonly string[] Ways = ["deployed", "rejected", "failed", "retried", "cancelled", "raced"];

    /// <summary>The ways that a version knows.</summary>
    public static IEnumerable<string> WaysOf(int version) => Ways.Where(way => way != "raced" || version >= 2);

    private static readonly DateTime Start = new(2025, 11, 3, 21, 0, 0, DateTimeKind.Utc);
    private static readonly RunKey Run = new("default", "p1", "08de1b0f2f1d4000-0123456789abcdef");
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The steps, as far as a replay compares them.</summary>
    public IEnumerable<string> Steps => Events.Where(each => each.IsStep).Select(each => $"{each.TaskId} {each.Kind} {each.Name}");

    public static RunHistory Read(string path) => JsonSerializer.Deserialize<RunHistory>(File.ReadAllText(path), Json)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/> with activities that answer at once.</summary>
    public static RunHistory Record(string way, string version)
    {
        OrchestrationMachine machine = Build(version);
        List<HistoryEvent> events = [];
        List<HistoryEvent> arrived = [new(HistoryEventKind.ExecutionStarted, Data: DurableJson.Converter.Serialize(Run))];
        DateTime now = Start;
        Turn turn;
        do
        {
            turn = machine.Advance(now, arrived);
            events.AddRange(turn.History);
            arrived = [.. turn.History.Where(each => each.IsStep).SelectMany(step => AnswersTo(step, way))];
            now = now.AddSeconds(1);
        }
        while (turn.End is null);

        return new RunHistory(version, events);
    }

    /// <summary>Replays it by the code as it is now.</summary>
    /// <returns>How the orchestration ends; null while it goes on.</returns>
    /// <exception cref="NonDeterminismException">The code takes other steps.</exception>
    public ExecutionEnd? Replay()
    {
        OrchestrationMachine machine = Build(Version);
        foreach (HistoryEvent past in Events)
        {
            machine.Replay(past);
        }

        return machine.Advance(Start.AddDays(1), []).End;
    }

    private static OrchestrationMachine Build(string version) => new(
        new OrchestrationIdentity(nameof(PipelineRunOrchestration), Run.InstanceId, version, null),
        async context => await PipelineRunOrchestration.RunAsync(context),
        DurableJson.Converter,
        OrchestrationLimits.Default,
        NullLoggerFactory.Instance);

    private static IEnumerable<HistoryEvent> AnswersTo(HistoryEvent step, string way)
    {
        if (way == "cancelled" && step.Name == nameof(PipelineRunActivities.RefitBest))
        {
            yield return new HistoryEvent(HistoryEventKind.EventRaised, Name: PipelineRunOrchestration.CancelEvent);
        }

        const int SecondStep = 1;
        yield return (step.Name, way) switch
        {
            (null, _) => new HistoryEvent(HistoryEventKind.TimerFired, step.TaskId),
            (nameof(PipelineRunActivities.EvaluateModel), "failed") => Failed(step, new LearningException("too_few_rows", "There are too few rows.")),
            (_, "retried") when step.TaskId == SecondStep => Failed(step, new IOException("The store is away.")),
            _ => new HistoryEvent(HistoryEventKind.ActivityCompleted, step.TaskId, step.Name, DurableJson.Converter.Serialize(Answer(step.Name, way))),
        };
    }

    private static HistoryEvent Failed(HistoryEvent step, Exception failure) => new(
        HistoryEventKind.ActivityFailed, step.TaskId, step.Name, Failures.Serialize(Failures.FromException(failure, OrchestrationLimits.DefaultErrorCharacters)));

    private static object Answer(string activity, string way)
    {
        Dictionary<string, double> settings = new(StringComparer.Ordinal) { ["l2"] = 1 };
        FittedModel model = new("default/runs/r/model.tym", new string('0', 64), 1234, "logistic_regression", settings, "classification", "y", [new ModelInput("x", "number")]);
        return activity switch
        {
            nameof(PipelineRunActivities.BeginRun) => new RunBeginning(Proceed: true, CancelRequested: false, AutoDeploy: true),
            nameof(PipelineRunActivities.ValidateDataset) => new RunDataset("sales", 1, new string('0', 64)),
            nameof(PipelineRunActivities.ProfileDataset) => 2,
            nameof(PipelineRunActivities.SplitDataset) => 30,
            nameof(PipelineRunActivities.ChooseCandidates) => new[] { Spec(0, "a"), Spec(1, "b") },
            nameof(PipelineRunActivities.ChooseNextRung) => new[] { Spec(2, "a") with { Rung = new Rung(2, 30, 1, 5), HasNextRung = false } },
            nameof(PipelineRunActivities.TrainCandidate) => new CandidateScore(0, "a", "logistic_regression", settings, 0.9, 0.01),
            nameof(PipelineRunActivities.RefitBest) => model,
            nameof(PipelineRunActivities.EvaluateModel) => new MeasuredModel(model, new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.9 }),
            nameof(PipelineRunActivities.ApplyGate) => way != "rejected",
            nameof(PipelineRunActivities.RegisterVersion) => new RunArtifacts("model://m/v1/model.tym", "v1"),
            nameof(PipelineRunActivities.DeployVersion) => 1,
            nameof(PipelineRunActivities.RecordResult) => "Deployed",
            nameof(PipelineRunActivities.CompensateRun) => "Failed",
            _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, "Say here what the new activity answers."),
        };

        CandidateSpec Spec(int index, string name) =>
            new(index, new Candidate(name, "logistic_regression", settings)) { Rung = new Rung(1, way == "raced" ? 10 : 30, 2, 3), HasNextRung = way == "raced" };
    }
}
