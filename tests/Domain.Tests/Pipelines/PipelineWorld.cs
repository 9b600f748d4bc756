using Trainyard.Domain.Alerts;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Pipelines on a store of their own, with a clock that stands still and orchestrations that only remember.</summary>
internal sealed class PipelineWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2025, 11, 3, 21, 0, 0, TimeSpan.Zero);

    private readonly string folder = ScratchFolder.Create("trainyard-pipelines-");
    private readonly SqliteDocumentStore documents;
    private readonly FileBlobStore blobs;
    private readonly SequentialIdSource ids = new();
    private int requests;

    public PipelineWorld()
    {
        documents = new SqliteDocumentStore(Path.Combine(folder, "documents.db"));
        blobs = FileBlobStore.Open(Path.Combine(folder, "blobs"), Clock);
    }

    public static TenantId Tenant => TenantId.Default;

    /// <summary>A world with the pipeline <c>p1</c>.</summary>
    public static async Task<PipelineWorld> WithPipelineAsync(string? schedule = null)
    {
        PipelineWorld world = new();
        await world.CreateAsync(schedule);
        return world;
    }

    public ManualTimeProvider Clock { get; } = new(Start);

    public FakeInspector Inspector { get; } = new();

    public FakeOrchestrations Orchestrations { get; } = new();

    public IDocumentStore Documents => documents;

    public RunFiles Files => new(blobs);

    public IBlobStore Blobs => blobs;

    public PipelineService Service() => Service(documents);

    public PipelineService Service(IDocumentStore store) => new(store, Inspector, Files, Clock);

    public PipelineScheduler Scheduler() => Scheduler(documents);

    public PipelineScheduler Scheduler(IDocumentStore store, IBlobStore? files = null) => new(store, Compensation(store, new RunFiles(files ?? blobs)), Clock);

    /// <summary>The scheduler of a host with a clock of its own.</summary>
    public PipelineScheduler SchedulerBy(TimeProvider clock) => new(documents, Compensation(documents, Files), clock);

    public RunBook Book() => Book(documents);

    public RunBook Book(IDocumentStore store) => new(store, Clock);

    public ModelRegistry Registry() => Registry(documents);

    public StepRecorder Recorder() => Recorder(documents);

    public StepRecorder Recorder(IDocumentStore store) => new(Book(store), new RunLeftovers(Registry(store), Files), store, Clock);

    public ReleaseSteps Release(IDocumentStore store) => new(Book(store), Recorder(store), Registry(store), Files, new AlertLog(store), Audit(store));

    public Task<TickReport> TickAsync() => Scheduler().TickAsync(Orchestrations, CancellationToken.None);

    public Task<Pipeline> CreateAsync(string? schedule = null) =>
        Service().CreateAsync(Tenant, "p1", Definition() with { Schedule = schedule }, CancellationToken.None);

    public Task<PipelineRun> TriggerAsync(string pipelineId = "p1") =>
        Service().TriggerAsync(Tenant, pipelineId, $"request-{++requests}", Orchestrations, CancellationToken.None);

    /// <summary>Lets a run go from queued to its end as its orchestration would.</summary>
    public async Task EndAsync(PipelineRun run, RunOutcome outcome)
    {
        RunKey key = Key(run);
        await Book().BeginAsync(key, CancellationToken.None);
        await Book().EndAsync(key, outcome, CancellationToken.None);
        Orchestrations.End(key);
    }

    public async Task<IReadOnlyList<PipelineRun>> RunsAsync(string pipelineId = "p1") =>
        (await Service().ListRunsAsync(Tenant, pipelineId, Domain.Paging.PageRequest.First, CancellationToken.None)).Items;

    public async Task<string> MetricsAsync()
    {
        PrometheusText text = new();
        await new PipelineMetrics(documents).WriteAsync(text, CancellationToken.None);
        return text.ToString();
    }

    public async Task<int> CountAsync(string collection, string partition) =>
        (await documents.QueryAsync(new DocumentQuery(collection, partition) { PageSize = 1000 }, CancellationToken.None)).Documents.Count;

    private RunCompensation Compensation(IDocumentStore store, RunFiles files)
    {
        RunLeftovers leftovers = new(Registry(store), files);
        return new(Book(store), new StepRecorder(Book(store), leftovers, store, Clock), leftovers, Registry(store), Audit(store));
    }

    private RunAudit Audit(IDocumentStore store) => new(new AuditLog(store, new SequentialIdSource(), Clock));

    private ModelRegistry Registry(IDocumentStore store) => new(store, ids, Clock, new DeploymentSignal());

    public static RunKey Key(PipelineRun run) => new(Tenant.Value, run.PipelineId, run.Id);

    public static PipelineDefinition Definition() => new()
    {
        ModelName = "revenue_forecaster", DatasetUri = "dataset://sales", TargetMetric = "accuracy", Threshold = 0.85, AutoDeploy = true,
    };

    public static RunOutcome Measured(double accuracy, RunStatus status = RunStatus.Deployed) =>
        new(status) { Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = accuracy } };

    public ValueTask DisposeAsync()
    {
        documents.Dispose();
        blobs.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
