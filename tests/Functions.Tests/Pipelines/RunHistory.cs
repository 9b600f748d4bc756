using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Registry;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Orchestrations;
using Trainyard.Learning;
using Trainyard.Learning.Selection;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>Histories of runs, recorded with activities that answer at once.</summary>
internal static class RunHistory
{
    /// <summary>The ways of a run that are recorded.</summary>
    public static readonly string[] Ways = ["deployed", "rejected", "failed", "retried", "cancelled", "raced"];

    private static readonly RunKey Run = new("default", "p1", "08de1b0f2f1d4000-0123456789abcdef");

    /// <summary>Records and replays.</summary>
    public static HistoryRecorder Recorder { get; } =
        new(nameof(PipelineRunOrchestration), Run.InstanceId, Run, async context => await PipelineRunOrchestration.RunAsync(context));

    /// <summary>The ways that a version knows.</summary>
    public static IEnumerable<string> WaysOf(int version) => Ways.Where(way => way != "raced" || version >= 2);

    /// <summary>Lets the orchestrator go one of the <see cref="Ways"/>.</summary>
    public static RecordedHistory Record(string way, string version) => Recorder.Record(version, step => AnswersTo(step, way)).History;

    private static IEnumerable<HistoryEvent> AnswersTo(HistoryEvent step, string way)
    {
        if (way == "cancelled" && step.Name == nameof(PipelineRunActivities.RefitBest))
        {
            yield return new HistoryEvent(HistoryEventKind.EventRaised, Name: PipelineRunOrchestration.CancelEvent);
        }

        const int SecondStep = 1;
        yield return (step.Name, way) switch
        {
            (null, _) => HistoryRecorder.Fired(step),
            (nameof(PipelineRunActivities.EvaluateModel), "failed") => HistoryRecorder.Failed(step, new LearningException("too_few_rows", "There are too few rows.")),
            (_, "retried") when step.TaskId == SecondStep => HistoryRecorder.Failed(step, new IOException("The store is away.")),
            _ => HistoryRecorder.Completed(step, Answer(step.Name, way)),
        };
    }

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
