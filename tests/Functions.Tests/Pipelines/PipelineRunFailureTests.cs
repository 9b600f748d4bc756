using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Functions.Activities;
using Trainyard.Testing;
using Trainyard.Learning.Selection;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>What the run's orchestration does when steps fail, are lost or are tried again.</summary>
public class PipelineRunFailureTests
{
    [Fact]
    public async Task Run_WhoseLostFittingEndsLate_KeepsTheFileThatIsRegistered()
    {
        GatedBlobStore gate = null!;
        await using DirectWorld world = new(blobs => gate = new GatedBlobStore(blobs, "fitted.tym"));
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        Task lost = Task.CompletedTask;
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run)
        {
            Taken = async name =>
            {
                if (name == nameof(PipelineRunActivities.RefitBest))
                {
                    CandidateScore[] scores = [.. (await world.ViewAsync(run)).Steps.Select(step => step.Score).OfType<CandidateScore>()];
                    gate.HoldNext();
                    lost = world.Activities.RefitBest(new RefitRequest(run, scores), CancellationToken.None);
                    await gate.Reached;
                }
            },
        });

        gate.Open();
        await Assert.ThrowsAsync<RunStoppedException>(() => lost);

        Assert.Equal(RunStatus.Deployed, view.Run.Status);
        ModelArtifact registered = (await world.Registry.GetAsync(DirectWorld.Tenant, "iris-model", CancellationToken.None)).Version!.Artifact;
        await using Stream? stored = await world.Get<IBlobStore>().OpenReadAsync(registered.Container, registered.Path, CancellationToken.None);
        Assert.Equal(registered.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored!)));
        Assert.Null(await world.Get<IBlobStore>().StatAsync("artifacts", $"{run.Tenant}/runs/{run.RunId}/fitted.tym", CancellationToken.None));
        Assert.Equivalent(view.Steps, (await world.ViewAsync(run)).Steps, strict: true);
    }

    [Fact]
    public async Task Run_OfDataThatWentBad_FailsWithTheReason()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        Pipeline pipeline = await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true);
        await world.UploadAsync("iris", Encoding.UTF8.GetBytes("x,species\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{row},setosa\n"))));
        RunView view = await world.RunAsync(await world.TriggerAsync(pipeline));
        Assert.Equal(
            (RunStatus.Failed, StepName.ValidateDataset, "target_one_class", "species"),
            (view.Run.Status, view.Run.Failure?.Step, view.Run.Failure?.Code, view.Run.Failure?.Field));
        LogEntry logged = Assert.Single(world.Logged.Alarms);
        Assert.Equal((LogLevel.Error, null), (logged.Level, logged.Exception));
        Assert.All([view.Run.Id, pipeline.Id, StepName.ValidateDataset, "target_one_class", view.Run.Failure!.Detail], word => Assert.Contains(word, logged.Message, StringComparison.Ordinal));
        Assert.Contains("target_one_class", view.Steps.Single(step => step.Name == StepName.Compensate).Log[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhoseStepFailsUnexpectedly_TellsItsCauseToTheHostsLogOnly()
    {
        const string Secret = "The disk /mnt/secret is gone.";
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run)
        {
            Fail = name => name == nameof(PipelineRunActivities.EvaluateModel) ? new IOException(Secret) : null,
        });
        LogEntry logged = Assert.Single(world.Logged.Alarms);
        Assert.Contains($"System.IO.IOException: {Secret}", logged.Message, StringComparison.Ordinal);
        Assert.Contains("   at ", logged.Message, StringComparison.Ordinal);
        Assert.Equal("step_failed", view.Run.Failure?.Code);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(view), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PipelineRunActivities.BeginRun))]
    [InlineData(nameof(PipelineRunActivities.ValidateDataset))]
    [InlineData(nameof(PipelineRunActivities.ChooseCandidates))]
    [InlineData(nameof(PipelineRunActivities.TrainCandidate))]
    [InlineData(nameof(PipelineRunActivities.RefitBest))]
    [InlineData(nameof(PipelineRunActivities.EvaluateModel))]
    [InlineData(nameof(PipelineRunActivities.ApplyGate))]
    [InlineData(nameof(PipelineRunActivities.RegisterVersion))]
    public async Task Run_WhoseStepFailsForGood_IsFailedAndLeavesNothing(string activity)
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run) { Fail = name => name == activity ? Refusal() : null });
        Assert.Equal(RunStatus.Failed, view.Run.Status);
        Assert.NotNull(view.Run.Failure);
        await RunLeftovers.NothingIsLeftAsync(world, run);
    }

    [Fact]
    public async Task Run_OneOfWhoseCandidatesBreaks_GoesOnWithTheOthers()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        int trained = 0;
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run)
        {
            Fail = name => name == nameof(PipelineRunActivities.TrainCandidate) && ++trained == 1 ? Refusal() : null,
        });
        Assert.Null(view.Run.Failure);
        Assert.Equal(RunStatus.Deployed, view.Run.Status);
        Assert.DoesNotContain(view.Steps, step => step.Candidate == 0);
    }

    [Fact]
    public async Task Run_ThatFailsAfterItDeployed_TakesTheDeploymentBack()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        Pipeline pipeline = await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true);
        await world.RunAsync(await world.TriggerAsync(pipeline));
        RunKey second = await world.TriggerAsync(pipeline);
        RunView view = await world.RunAsync(second, () => new DirectOrchestrationContext(world.Activities, second)
        {
            Fail = name => name == nameof(PipelineRunActivities.RecordResult) ? Refusal() : null,
        });
        Assert.Equal((RunStatus.Failed, "v2"), (view.Run.Status, view.Run.Artifacts?.Version));
        Assert.Equal(1, (await world.Registry.GetAsync(DirectWorld.Tenant, "iris-model", CancellationToken.None)).Model.DeployedSequence);
    }

    [Fact]
    public async Task Run_WhoseEndIsRecordedButNeverTold_StaysAsItEnded()
    {
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        DirectOrchestrationContext context = new(world.Activities, run)
        {
            Taken = name => name == nameof(PipelineRunActivities.RecordResult) ? throw Refusal() : Task.CompletedTask,
        };
        RunView view = await world.RunAsync(run, () => context);
        Assert.Equal(nameof(PipelineRunActivities.CompensateRun), context.Calls[^1]);
        Assert.Equal(RunStatus.Deployed, view.Run.Status);
        Assert.Equal(1, (await world.Registry.GetAsync(DirectWorld.Tenant, "iris-model", CancellationToken.None)).Model.DeployedSequence);
    }

    [Fact]
    public async Task Run_WithTransientFailures_TriesAgainAndDeploys()
    {
        Problem contention = new(ProblemKind.Unavailable, "write_contention", "Too many writers.");
        Exception[] transient = [new IOException("The store is away."), new TransientProblemException(contention)];
        await using DirectWorld world = new();
        await world.UploadAsync("iris", Samples.Read("iris"));
        RunKey run = await world.TriggerAsync(await world.CreateAsync("iris", "accuracy", 0.8, autoDeploy: true));
        Dictionary<string, int> failures = [];
        RunView view = await world.RunAsync(run, () => new DirectOrchestrationContext(world.Activities, run)
        {
            Fail = name => transient.ElementAtOrDefault(failures[name] = failures.GetValueOrDefault(name, -1) + 1),
        });
        Assert.Equal(RunStatus.Deployed, view.Run.Status);
    }

    private static ProblemException Refusal() => new(new Problem(ProblemKind.Unprocessable, "refused", "It is refused for the test.", "field"));
}
