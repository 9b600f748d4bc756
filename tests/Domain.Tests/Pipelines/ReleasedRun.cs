using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>A run that goes from step to step up to its release, without the training: its files are a few bytes.</summary>
internal sealed class ReleasedRun(PipelineWorld world, RunKey key)
{
    private const string ModelName = "revenue_forecaster";

    private static readonly MeasuredModel Unplaced = new(
        new FittedModel("", new string('0', 64), 3, "logistic_regression", new Dictionary<string, double>(), "classification", "y", [new ModelInput("x", "number")]),
        new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.9 });

    private readonly MeasuredModel measured = Unplaced with { Model = Unplaced.Model with { Path = RunFiles.ModelPath(key) } };

    public RunKey Key => key;

    /// <summary>Records a run, begins it and settles its data.</summary>
    public static async Task<ReleasedRun> BeginAsync(PipelineWorld world, string pipelineId = "p1")
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        RunKey key = PipelineWorld.Key(await world.TriggerAsync(pipelineId));
        await world.Book().BeginAsync(key, CancellationToken.None);
        await world.Book().NoteDatasetAsync(key, new RunDataset("sales", 1, "hash"), CancellationToken.None);
        return new ReleasedRun(world, key);
    }

    public Task FitAsync(IDocumentStore store) => WriteAsync(store, StepName.RefitBest, RunFiles.FittedPath(key));

    public Task EvaluateAsync(IDocumentStore store) => WriteAsync(store, StepName.EvaluateModel, RunFiles.ModelPath(key));

    public Task RegisterAsync(IDocumentStore store) => world.Release(store).RegisterAsync(key, measured, CancellationToken.None);

    public Task DeployAsync(IDocumentStore store) => world.Release(store).DeployAsync(key, CancellationToken.None);

    public Task<RunStatus> RecordAsync(IDocumentStore store) => world.Release(store).RecordResultAsync(key, measured, RunStatus.Deployed, CancellationToken.None);

    /// <summary>Takes the steps up to a step, without it; null takes all.</summary>
    public async Task TakeUntilAsync(string? step)
    {
        (string Name, Func<IDocumentStore, Task> Take)[] steps =
        [
            (StepName.RefitBest, FitAsync), (StepName.EvaluateModel, EvaluateAsync), (StepName.RegisterVersion, RegisterAsync),
            (StepName.DeployVersion, DeployAsync), (StepName.RecordResult, RecordAsync),
        ];
        foreach ((_, Func<IDocumentStore, Task> take) in steps.TakeWhile(each => each.Name != step))
        {
            await take(world.Documents);
        }
    }

    public Task TakeAsync(string step, IDocumentStore store) => step switch
    {
        StepName.RefitBest => FitAsync(store),
        StepName.EvaluateModel => EvaluateAsync(store),
        StepName.RegisterVersion => RegisterAsync(store),
        StepName.DeployVersion => DeployAsync(store),
        StepName.RecordResult => RecordAsync(store),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No step of a release."),
    };

    /// <summary>Its orchestration is gone, as after a terminate.</summary>
    public void Lose() => world.Orchestrations.End(key);

    public async Task<PipelineRun> ReadAsync() => (await world.Book().FindAsync(key, CancellationToken.None))!;

    public Task<ModelVersion?> FindVersionAsync() => world.Registry().FindByRunAsync(PipelineWorld.Tenant, ModelName, key.RunId, CancellationToken.None);

    public async Task<int?> DeployedAsync() => (await world.Registry().GetAsync(PipelineWorld.Tenant, ModelName, CancellationToken.None)).Model.DeployedSequence;

    public async Task<bool> HasFileAsync(string path) => await world.Blobs.StatAsync(RunFiles.Container, path, CancellationToken.None) is not null;

    /// <summary>A run that is over has no open step, no file but that of its version, and its pipeline is free.</summary>
    public async Task AssertTidyAsync()
    {
        Assert.True((await ReadAsync()).Status.IsEnd());
        Assert.Null((await world.Service().GetAsync(PipelineWorld.Tenant, key.PipelineId, CancellationToken.None)).ActiveRunId);
        Assert.DoesNotContain(await world.Service().ListStepsAsync(key, CancellationToken.None), step => step.Status == StepStatus.Running);
        Assert.False(await HasFileAsync(RunFiles.FittedPath(key)), "The fitted model was left.");
        Assert.Equal(await FindVersionAsync() is not null, await HasFileAsync(RunFiles.ModelPath(key)));
    }

    private Task WriteAsync(IDocumentStore store, string step, string path) => world.Recorder(store).TakeAsync(
        key,
        step,
        null,
        async (log, token) =>
        {
            // Only calls of the document store can be disturbed; this one lets it happen just before the file is written.
            await world.Book(store).FindAsync(key, token);
            await world.Files.WriteModelAsync(path, [1, 2, 3], token);
            await log.WriteAsync("Wrote 3 bytes.", token);
            return 0;
        },
        CancellationToken.None);
}
