using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Orchestrations;
using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>The whole app on a folder of its own, without a host: runs are taken by <see cref="DirectOrchestrationContext"/>.</summary>
internal sealed class DirectWorld : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-direct-").FullName;
    private readonly ServiceProvider services;

    public DirectWorld(Func<IBlobStore, IBlobStore>? wrapBlobs = null, TimeProvider? time = null)
    {
        ServiceCollection collection = new();
        collection.AddSingleton<ILoggerFactory>(Logged);
        collection.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        collection.AddSingleton(time ?? TimeProvider.System);
        collection.AddLocalStorage(folder);
        if (wrapBlobs is not null)
        {
            collection.AddSingleton(_ => wrapBlobs(FileBlobStore.Open(Path.Combine(folder, "blobs"), TimeProvider.System)));
        }

        collection.AddTrainyard(new ConfigurationBuilder().Build());
        collection.AddSingleton<PipelineRunActivities>();
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public static TenantId Tenant => TenantId.Default;

    public CollectingLoggers Logged { get; } = new();

    public PipelineService Pipelines => services.GetRequiredService<PipelineService>();

    public ModelRegistry Registry => services.GetRequiredService<ModelRegistry>();

    public PipelineRunActivities Activities => services.GetRequiredService<PipelineRunActivities>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task UploadAsync(string name, byte[] csv)
    {
        using MemoryStream content = new(csv);
        await services.GetRequiredService<DatasetCatalog>().UploadAsync(Tenant, new DatasetUpload(name, DatasetFormat.Csv), content, CancellationToken.None);
    }

    public async Task<Pipeline> CreateAsync(string dataset, string metric, double threshold, bool autoDeploy, IReadOnlyDictionary<string, int>? monotone = null, int? timeBudgetSeconds = null) =>
        await Pipelines.CreateAsync(
            Tenant,
            Guid.NewGuid().ToString(),
            new PipelineDefinition { ModelName = $"{dataset}-model", DatasetUri = $"dataset://{dataset}", TargetMetric = metric, Threshold = threshold, AutoDeploy = autoDeploy, Monotone = monotone, TimeBudgetSeconds = timeBudgetSeconds },
            CancellationToken.None);

    public async Task<RunKey> TriggerAsync(Pipeline pipeline)
    {
        PipelineRun run = await Pipelines.TriggerAsync(Tenant, pipeline.Id, Guid.NewGuid().ToString(), new NoOrchestrations(), CancellationToken.None);
        return new RunKey(Tenant.Value, pipeline.Id, run.Id);
    }

    public async Task<RunView> RunAsync(RunKey run, Func<DirectOrchestrationContext>? context = null)
    {
        await PipelineRunOrchestration.RunAsync(context?.Invoke() ?? new DirectOrchestrationContext(Activities, run));
        return await ViewAsync(run);
    }

    public Task<RunView> ViewAsync(RunKey run) => Pipelines.ViewRunAsync(Tenant, run.PipelineId, run.RunId, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class NoOrchestrations : IRunOrchestrations
    {
        public Task StartAsync(RunKey run, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(RunKey run, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken) => Task.FromResult(OrchestrationState.UnderWay);
    }
}
