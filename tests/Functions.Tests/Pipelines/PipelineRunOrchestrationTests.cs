using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Functions.Activities;
using Trainyard.Testing;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Selection;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>The run's orchestration with its real activities, on a real store, without an engine.</summary>
public class PipelineRunOrchestrationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OfClassification_DeploysOnceHoweverOftenStepsAreTaken(bool takeTwice)
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run) { TakeTwice = takeTwice });

        Assert.Null(view.Run.Failure);
        Assert.Equal((RunStatus.Deployed, "v1"), (view.Run.Status, view.Run.Artifacts?.Version));
        Assert.InRange(view.Run.Metrics!["accuracy"], 0.8, 1);
        Assert.Equal(view.Run.Metrics["log_loss"], view.Run.Metrics["loss"]);
        ModelOverview model = await world.Registry.GetAsync(DirectWorld.Tenant, "iris-model", CancellationToken.None);
        Assert.Equal((1, 1, 1), (model.Model.LatestSequence, model.Model.DeployedSequence, model.Model.DeploymentCount));
        Assert.Equal((run.RunId, "iris", 1, "species"), (model.Version!.Lineage.RunId, model.Version.Lineage.DatasetName, model.Version.Lineage.DatasetVersion, model.Version.Lineage.TargetColumn));
        PipelineHistory history = await world.Pipelines.GetHistoryAsync(DirectWorld.Tenant, run.PipelineId, PageRequest.First, CancellationToken.None);
        Assert.Equal([run.RunId], history.Points.Select(point => point.RunId));
        Assert.Null((await world.Pipelines.GetAsync(DirectWorld.Tenant, run.PipelineId, CancellationToken.None)).ActiveRunId);
    }

    [Fact]
    public async Task Run_ToItsEnd_ShowsEveryStepWithTimesAndLog()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunView view = await world.RunAsync(await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true)));
        Assert.Equal(StepName.InOrder.Except([StepName.Compensate]), view.Steps.Select(step => step.Name).Distinct());
        Assert.All(view.Steps, step =>
        {
            Assert.Equal((StepStatus.Completed, 1), (step.Status, step.Attempt));
            Assert.NotEmpty(step.Log);
            Assert.InRange(step.FinishedAt!.Value, step.StartedAt, view.Run.FinishedAt!.Value);
        });
        RunStep[] candidates = [.. view.Steps.Where(step => step.Name == StepName.TrainCandidate)];
        Assert.Equal(view.Steps.Single(step => step.Name == StepName.ChooseCandidates).Total, candidates.Length);
        Assert.All(candidates, step => Assert.NotNull(step.Score?.Score));
    }

    [Fact]
    public async Task Run_WithATimeBudget_LetsTheBestThirdGoOnToAllRows()
    {
        // 2600 rows make 1560 to train on: 27 candidates on a third of them, and 9 on all.
        StringBuilder csv = new("x,y\n");
        for (int row = 0; row < 2600; row++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row % 12},{Math.Sin(row % 12) + (row * 7919 % 100 / 500.0)}\n");
        }

        await using DirectWorld world = new();
        await world.UploadAsync("waves", Encoding.UTF8.GetBytes(csv.ToString()));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("waves", "rmse", 0.5, autoDeploy: true, timeBudgetSeconds: 86_400));
        DirectOrchestrationContext context = new(world.Activities, run);
        RunView view = await world.RunAsync(run, () => context);

        Assert.Null(view.Run.Failure);
        Assert.Equal(RunStatus.Deployed, view.Run.Status);
        Assert.Single(context.Calls, nameof(PipelineRunActivities.ChooseNextRung));
        CandidateScore[] scores = [.. view.Steps.Where(step => step.Name == StepName.TrainCandidate).Select(step => step.Score!)];
        Assert.Equal([(1, 520, 27), (2, 1560, 9)], scores.GroupBy(score => (score.Rung, score.Rows)).Select(rung => (rung.Key.Rung!.Value, rung.Key.Rows!.Value, rung.Count())));
        Assert.Equal(36, view.Steps.Single(step => step.Name == StepName.ChooseCandidates).Total);
        Assert.All(scores, score => Assert.InRange(score.Seconds!.Value, 0, 3600));
        IReadOnlyList<LeaderboardEntry> board = RunLeaderboard.Of(scores, "rmse");
        Assert.Equal(27, board.Count);
        Assert.Equal(18, board.Count(entry => entry.Exit == CandidateExit.Outscored));
        Assert.Equal(board.Where(entry => entry.Rung == 2).Min(entry => entry.Score), board[0].Score);
        Assert.Equal(board[0].Candidate.Learner, (await world.Registry.GetAsync(DirectWorld.Tenant, "waves-model", CancellationToken.None)).Version!.Learner);
    }

    [Fact]
    public async Task Run_WhoseTimeBudgetIsSpentAtOnce_ReleasesTheSimplest()
    {
        ManualTimeProvider clock = new();
        await using DirectWorld world = new(time: clock);
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.5, autoDeploy: true, timeBudgetSeconds: 60));
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run)
        {
            Taken = name =>
            {
                clock.Advance(TimeSpan.FromSeconds(name == nameof(PipelineRunActivities.ChooseCandidates) ? 60 : 0));
                return Task.CompletedTask;
            },
        });

        Assert.Equal(RunStatus.Deployed, view.Run.Status);
        RunStep[] steps = [.. view.Steps.Where(step => step.Name == StepName.TrainCandidate)];
        Assert.Equal(27, steps.Length);
        Assert.All(steps, step => Assert.Equal((true, null), (step.Score!.TimeUp, step.Score.Score)));
        Assert.Equal(steps[0].Score!.Learner, (await world.Registry.GetAsync(DirectWorld.Tenant, "iris-model", CancellationToken.None)).Version!.Learner);
    }

    [Fact]
    public async Task Run_ToItsEnd_ShowsTheEvaluationOnHeldOutRows()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunView view = await world.RunAsync(await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: false)));
        JsonNode evaluation = JsonNode.Parse(view.Evaluation!.Value.Span)!;
        Assert.Equal(30, (int)evaluation["rows"]!);
        Assert.Equal(30, evaluation["confusion"]!.AsArray().Sum(row => row!.AsArray().Sum(cell => (int)cell!)));
        Assert.Equal(4, evaluation["importances"]!.AsArray().Count);
        Assert.Equal(5, evaluation["samples"]!.AsArray().Count);
        Assert.All(evaluation["samples"]!.AsArray(), sample => Assert.NotEmpty((string)sample!["truth"]!));
    }

    [Fact]
    public async Task Run_OfRegressionWithoutAutoDeploy_Completes()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("diabetes", Samples.Read("diabetes"));
        RunView view = await world.RunAsync(await world.TriggerAsync(await world.CreateAsync("diabetes", "rmse", 70, autoDeploy: false)));
        Assert.Null(view.Run.Failure);
        Assert.Equal(RunStatus.Completed, view.Run.Status);
        Assert.Null((await world.Registry.GetAsync(DirectWorld.Tenant, "diabetes-model", CancellationToken.None)).Model.DeployedSequence);
    }

    [Fact]
    public async Task Run_WithAMonotoneConstraint_RegistersAModelThatKeepsIt()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("diabetes", Samples.Read("diabetes"));
        Dictionary<string, int> monotone = new() { ["bmi"] = 1, ["bp"] = -1 };
        RunView view = await world.RunAsync(await world.TriggerAsync(await world.CreateAsync("diabetes", "rmse", 1000, autoDeploy: false, monotone)));
        Assert.Null(view.Run.Failure);
        Assert.All(view.Steps.Where(step => step.Name == StepName.TrainCandidate), step => Assert.Equal("gradient_boosting", step.Score!.Learner));
        ModelArtifact registered = (await world.Registry.GetAsync(DirectWorld.Tenant, "diabetes-model", CancellationToken.None)).Version!.Artifact;
        await using Stream? stored = await world.Get<IBlobStore>().OpenReadAsync(registered.Container, registered.Path, CancellationToken.None);
        Assert.Equal(monotone, (await TabularModelFile.ReadAsync(stored!, CancellationToken.None)).Lineage.Monotone);
    }

    [Fact]
    public async Task Run_ThatMissesItsGate_IsRejectedWithAnAlertAndRegistersNothing()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("diabetes", Samples.Read("diabetes"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("diabetes", "rmse", 1, autoDeploy: true));
        RunView view = await world.RunAsync(run);
        Assert.Equal((RunStatus.Rejected, null), (view.Run.Status, view.Run.Artifacts));
        Assert.NotNull(view.Evaluation);
        await RunLeftovers.NothingIsLeftAsync(world, run);
        Alert alert = Assert.Single((await world.Get<AlertLog>().ListAsync(DirectWorld.Tenant, PageRequest.First, CancellationToken.None)).Items);
        Assert.Equal((AlertKind.ThresholdMissed, "rmse", 1.0, run.RunId), (alert.Kind, alert.Metric, alert.Expected, alert.RunId));
    }

    [Fact]
    public async Task Run_TwiceOnTheSameData_GivesTheSameBytes()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        Pipeline pipeline = await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true);
        await world.RunAsync(await world.TriggerAsync(pipeline));
        await world.RunAsync(await world.TriggerAsync(pipeline));
        ResultPage<ModelVersion> versions = await world.Registry.VersionsAsync(DirectWorld.Tenant, "iris-model", PageRequest.First, CancellationToken.None);
        Assert.Equal([2, 1], versions.Items.Select(version => version.Sequence));
        Assert.Single(versions.Items.Select(version => version.Artifact.Sha256).Distinct());
    }

    [Fact]
    public async Task Run_ToItsEnd_ReadsItsDatasetOnce()
    {
        GatedBlobStore blobs = null!;
        await using DirectWorld world = new(inner => blobs = new GatedBlobStore(inner, "/content"));
        await world.UploadAsync("iris", Samples.Read("iris"));
        int before = blobs.Reads;

        await world.RunAsync(await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true)));

        Assert.Equal(1, blobs.Reads - before);
    }

    [Fact]
    public async Task Run_ThatIsOver_IsNotTakenAgain()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        RunView first = await world.RunAsync(run);
        DirectOrchestrationContext again = new(world.Activities, run);
        RunView second = await world.RunAsync(run, () => again);
        Assert.Equal([nameof(PipelineRunActivities.BeginRun)], again.Calls);
        Assert.Equal(first.Run.FinishedAt, second.Run.FinishedAt);
    }
}
