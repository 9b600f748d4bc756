using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Problems;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Pipelines;

public class PipelineServiceTests
{
    [Fact]
    public async Task Run_OfAPipelineWithPersonalColumns_MarksThemOnTheModel()
    {
        await using PipelineWorld world = new();
        await world.Service().CreateAsync(PipelineWorld.Tenant, "p1", PipelineWorld.Definition() with { PersonalColumns = ["y", "x"] }, CancellationToken.None);
        ReleasedRun run = await ReleasedRun.BeginAsync(world);
        await run.TakeUntilAsync(StepName.DeployVersion);

        Assert.Equal(["x", "y"], (await world.Registry().GetHeadAsync(PipelineWorld.Tenant, "revenue_forecaster", CancellationToken.None)).PersonalColumns);
        Assert.Equal("personal_column_unknown", (await TestStores.RefusedAsync(() => world.Service().CreateAsync(
            PipelineWorld.Tenant, "p2", PipelineWorld.Definition() with { PersonalColumns = ["z"] }, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task Create_Daily_RunsNextADayAfterItsCreation()
    {
        await using PipelineWorld world = new();
        Pipeline pipeline = await world.CreateAsync("daily");
        Assert.Equal(
            (PipelineStatus.Active, PipelineWorld.Start, PipelineWorld.Start.AddDays(1), 0),
            (pipeline.Status, pipeline.CreatedAt, pipeline.NextRun, pipeline.TotalRuns));
    }

    [Theory]
    [InlineData(false, "accuracy", 0.8)]
    [InlineData(true, "r2", 0.8)]
    public async Task Create_WithoutMetric_TakesTheDefaultOfTheTask(bool regression, string metric, double threshold)
    {
        await using PipelineWorld world = new();
        world.Inspector.Regression = regression;
        PipelineDefinition definition = new() { ModelName = "m", DatasetUri = "dataset://sales" };
        Pipeline pipeline = await world.Service().CreateAsync(PipelineWorld.Tenant, "p1", definition, CancellationToken.None);
        Assert.Equal((metric, threshold, false, 42L), (pipeline.Settings.TargetMetric, pipeline.Settings.Threshold, pipeline.Settings.AutoDeploy, pipeline.Settings.Seed));
    }

    [Fact]
    public async Task Create_AgainUnderTheSameId_AnswersTheFirst()
    {
        await using PipelineWorld world = new();
        Pipeline first = await world.CreateAsync("daily");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, await world.CreateAsync("daily"));
    }

    [Fact]
    public async Task SetThreshold_OutsideTheMetricsRange_IsRefusedAndChangesNothing()
    {
        await using PipelineWorld world = new();
        Pipeline before = await world.CreateAsync();
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(
            () => world.Service().SetThresholdAsync(PipelineWorld.Tenant, "p1", 1.01, CancellationToken.None));
        Assert.Equal(("threshold_out_of_range", "threshold", ProblemKind.Unprocessable), (refused.Problem.Code, refused.Problem.Field, refused.Problem.Kind));
        Assert.Equal(before, await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None));
    }

    [Fact]
    public async Task SetThreshold_ByTwoAtOnce_KeepsEveryOtherChange()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync("hourly");
        await Task.WhenAll(
            Task.Run(() => world.Service().SetThresholdAsync(PipelineWorld.Tenant, "p1", 0.9, CancellationToken.None)),
            Task.Run(() => world.Service().PauseAsync(PipelineWorld.Tenant, "p1", CancellationToken.None)));
        Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        Assert.Equal((0.9, PipelineStatus.Paused), (pipeline.Settings.Threshold, pipeline.Status));
    }

    [Fact]
    public async Task Trigger_WhileARunIsUnderWay_IsRefusedUntilItEnds()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun first = await world.TriggerAsync();
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => world.TriggerAsync());
        Assert.Equal(("run_active", ProblemKind.Conflict), (refused.Problem.Code, refused.Problem.Kind));
        Assert.Contains(first.Id, refused.Problem.Detail, StringComparison.Ordinal);

        await world.EndAsync(first, PipelineWorld.Measured(0.9));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        PipelineRun second = await world.TriggerAsync();
        Assert.Equal([second.Id, first.Id], (await world.RunsAsync()).Select(run => run.Id));
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Trigger_CrashAtAnyWriteThenRepeated_RecordsOneRun(FaultPoint point)
    {
        await Walk.CrashesAsync(point, async (world, dying) =>
        {
            await world.CreateAsync();
            Task TriggerOn(PipelineService service) => service.TriggerAsync(PipelineWorld.Tenant, "p1", "the-request", world.Orchestrations, CancellationToken.None);
            Assert.Equal(await Walk.SurviveAsync(() => TriggerOn(world.Service(dying))), !dying.Struck);

            world.Clock.Advance(TimeSpan.FromSeconds(30));
            await TriggerOn(world.Service());
            PipelineRun run = Assert.Single(await world.RunsAsync());
            Assert.Equal([run.Id], world.Orchestrations.Started);
            Assert.Equal(1, (await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None)).TotalRuns);
        });
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task EndRun_CrashAtAnyWriteThenRepeated_CountsItOnce(FaultPoint point)
    {
        await Walk.CrashesAsync(point, async (world, dying) =>
        {
            await world.CreateAsync();
            RunKey key = PipelineWorld.Key(await world.TriggerAsync());
            await world.Book().BeginAsync(key, CancellationToken.None);
            Assert.Equal(await Walk.SurviveAsync(() => world.Book(dying).EndAsync(key, PipelineWorld.Measured(0.9), CancellationToken.None)), !dying.Struck);

            PipelineRun ended = (await world.Book().EndAsync(key, PipelineWorld.Measured(0.9), CancellationToken.None)).Run;
            Pipeline pipeline = await world.Service().GetAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
            PipelineHistory history = await world.Service().GetHistoryAsync(PipelineWorld.Tenant, "p1", PageRequest.First, CancellationToken.None);
            Assert.Equal((RunStatus.Deployed, null), (ended.Status, pipeline.ActiveRunId));
            Assert.Contains("mlops_pipeline_runs_total{status=\"deployed\"} 1\n", await world.MetricsAsync(), StringComparison.Ordinal);
            Assert.Single(history.Points);
        });
    }

    [Fact]
    public async Task EndRun_AfterItEnded_StaysAsItEnded()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun run = await world.TriggerAsync();
        await world.EndAsync(run, PipelineWorld.Measured(0.9));
        PipelineRun again = (await world.Book().EndAsync(PipelineWorld.Key(run), new RunOutcome(RunStatus.Failed), CancellationToken.None)).Run;
        Assert.Equal(RunStatus.Deployed, again.Status);
    }

    [Fact]
    public async Task EndRun_ThatIsClosed_EndsOnlyAsWasDecidedFirst()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        RunKey key = PipelineWorld.Key(await world.TriggerAsync());
        await world.Book().BeginAsync(key, CancellationToken.None);
        await world.Book().CloseAsync(key, new RunOutcome(RunStatus.Cancelled), CancellationToken.None);
        PipelineRun closed = await world.Book().CloseAsync(key, new RunOutcome(RunStatus.Failed), CancellationToken.None);
        Assert.Equal((RunStatus.Running, RunStatus.Cancelled), (closed.Status, closed.Ending?.Status));

        RunEnd well = await world.Book().EndAsync(key, PipelineWorld.Measured(0.9), CancellationToken.None);
        Assert.Equal((RunStatus.Running, false), (well.Run.Status, well.ByThisCall));
        RunEnd decided = await world.Book().EndAsync(key, closed.Ending!, CancellationToken.None);
        Assert.Equal((RunStatus.Cancelled, true), (decided.Run.Status, decided.ByThisCall));
    }

    [Fact]
    public async Task Cancel_ARunThatIsQueued_IsSeenWhenItBegins()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun run = await world.TriggerAsync();
        PipelineRun asked = await world.Service().CancelRunAsync(PipelineWorld.Tenant, "p1", run.Id, world.Orchestrations, CancellationToken.None);
        Assert.Equal(PipelineWorld.Start, asked.CancelRequestedAt);
        Assert.Equal([run.Id], world.Orchestrations.Cancelled);
        Assert.True((await world.Book().BeginAsync(PipelineWorld.Key(run), CancellationToken.None)).CancelRequested);

        await world.Book().EndAsync(PipelineWorld.Key(run), new RunOutcome(RunStatus.Cancelled), CancellationToken.None);
        Assert.Equal(RunStatus.Cancelled, Assert.Single(await world.RunsAsync()).Status);
    }

    [Fact]
    public async Task Cancel_ARunThatIsOver_IsRefused()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineRun run = await world.TriggerAsync();
        await world.EndAsync(run, PipelineWorld.Measured(0.9));
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(
            () => world.Service().CancelRunAsync(PipelineWorld.Tenant, "p1", run.Id, world.Orchestrations, CancellationToken.None));
        Assert.Equal("run_ended", refused.Problem.Code);
    }

    [Fact]
    public async Task History_OfSeveralRuns_IsOldestFirstWithItsTrend()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        foreach (double accuracy in new[] { 0.5, 0.89, 0.92 })
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await world.EndAsync(await world.TriggerAsync(), PipelineWorld.Measured(accuracy));
        }

        PipelineHistory history = await world.Service().GetHistoryAsync(PipelineWorld.Tenant, "p1", PageRequest.Create(2, null), CancellationToken.None);
        Assert.Equal([0.89, 0.92], history.Points.Select(point => point.Metrics["accuracy"]));
        Assert.Equal((3.37, true), (history.TrendPercent, history.MeetsThreshold));
    }

    [Fact]
    public async Task Metrics_OfEndedRuns_CountThemByHowTheyEndedEvenOnceDeleted()
    {
        await using PipelineWorld world = new();
        Assert.Contains("mlops_pipeline_success_rate NaN\n", await world.MetricsAsync(), StringComparison.Ordinal);
        await world.CreateAsync();
        foreach (RunStatus end in new[] { RunStatus.Deployed, RunStatus.Rejected, RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled })
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await world.EndAsync(await world.TriggerAsync(), new RunOutcome(end));
        }

        await world.Service().DeleteAsync(PipelineWorld.Tenant, "p1", CancellationToken.None);
        string metrics = await world.MetricsAsync();
        Assert.All(["deployed", "rejected", "completed", "failed", "cancelled"], status =>
            Assert.Contains($"mlops_pipeline_runs_total{{status=\"{status}\"}} 1\n", metrics, StringComparison.Ordinal));
        Assert.Contains("mlops_pipeline_success_rate 0.5\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WhileARunIsUnderWay_IsRefused()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        await world.TriggerAsync();
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => world.Service().DeleteAsync(PipelineWorld.Tenant, "p1", CancellationToken.None));
        Assert.Equal("run_active", refused.Problem.Code);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Delete_CrashAtAnyWriteThenRepeated_LeavesNothing(FaultPoint point)
    {
        await Walk.CrashesAsync(point, async (world, dying) =>
        {
            await world.CreateAsync("hourly");
            PipelineRun triggered = await world.TriggerAsync();
            RunKey run = PipelineWorld.Key(triggered);
            await world.Files.WriteEvaluationAsync(run, "{}"u8.ToArray(), CancellationToken.None);
            await world.Files.WriteModelAsync(RunFiles.FittedPath(run), [1], CancellationToken.None);
            await world.EndAsync(triggered, PipelineWorld.Measured(0.9));
            Assert.Equal(await Walk.SurviveAsync(() => world.Service(dying).DeleteAsync(PipelineWorld.Tenant, "p1", CancellationToken.None)), !dying.Struck);

            Exception? repeated = await Record.ExceptionAsync(() => world.Service().DeleteAsync(PipelineWorld.Tenant, "p1", CancellationToken.None));
            Assert.True(repeated is null or ProblemException { Problem.Code: "pipeline_not_found" }, repeated?.ToString());
            const int Tally = 1;
            Assert.Equal(Tally, await world.CountAsync(PipelineKeys.Pipelines, PipelineKeys.Partition(PipelineWorld.Tenant)));
            Assert.Null(await world.Files.ReadEvaluationAsync(run, CancellationToken.None));
            Assert.Null(await world.Files.ReadFittedAsync(run, CancellationToken.None));
        });
    }

    [Theory]
    [InlineData("p2", null, "pipeline_not_found")]
    [InlineData("p1", "nonsense", "run_not_found")]
    [InlineData("p1", "0000000000000000-0000000000000000", "run_not_found")]
    [InlineData("p1", "ffffffffffffffff-0000000000000000", "run_not_found")]
    [InlineData("../p1", null, "name_invalid")]
    public async Task GetRun_OfWhatIsNotThere_IsRefused(string pipelineId, string? runId, string code)
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(
            () => world.Service().GetRunAsync(PipelineWorld.Tenant, pipelineId, runId ?? "0000000000000000-0000000000000000", CancellationToken.None));
        Assert.Equal(code, refused.Problem.Code);
    }
}
