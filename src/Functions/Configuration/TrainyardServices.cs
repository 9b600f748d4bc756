using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Access;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Messages;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Registry.Comparison;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Inference;
using Trainyard.Domain.Traffic;
using Trainyard.Domain.Traffic.AbTests;
using Trainyard.Domain.Traffic.Canaries;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Shadows;
using Trainyard.Functions.Access;
using Trainyard.Functions.Access.Tokens;
using Trainyard.Functions.Http;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Batches;
using Trainyard.Functions.Http.Description;
using Trainyard.Functions.Http.Mlflow;
using Trainyard.Functions.Http.Monitoring;
using Trainyard.Functions.Http.Pipelines;
using Trainyard.Functions.Http.Registry;
using Trainyard.Functions.Outgoing;
using Trainyard.Functions.PredictionLogs;
using Trainyard.Functions.Queues;
using Trainyard.Functions.Telemetry;
using Trainyard.Functions.Traffic;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Configuration;

/// <summary>Composes the platform for whatever host runs its functions.</summary>
public static class TrainyardServices
{
    /// <summary>Adds the platform's services. The host adds the ports: IDocumentStore, IBlobStore, IMessageQueue, and DurableTaskClient by binding.</summary>
    /// <param name="services">Receives them; a TimeProvider or IIdSource that is there is kept.</param>
    /// <param name="configuration">The settings, under <c>Trainyard</c>.</param>
    /// <param name="isLocalOnly">Whether nobody but this machine reaches the host, which then stands open until the first key is made.</param>
    /// <exception cref="InvalidOperationException">A setting is out of bounds; the message names it.</exception>
    public static IServiceCollection AddTrainyard(this IServiceCollection services, IConfiguration configuration, bool isLocalOnly = false)
    {
        GzipText.RefuseBrokenOff();
        RedactingLoggers.Wrap(services);
        services.AddSingleton<IExternalScopeProvider, InvocationScopes>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, GuidIdSource>();
        services.AddSingleton<IdempotencyLedger>();
        services.AddSingleton<IdempotencySweeper>();
        services.AddSingleton<ApiDescription>();
        services.AddAccess(configuration, isLocalOnly);
        services.AddOutgoing(configuration);
        services.AddSingleton(CrossOriginSettings.Read(configuration));
        services.AddSingleton(LogSettings.Read(configuration));
        services.AddDatasets(configuration);
        services.AddRegistry();
        services.AddServing(configuration);
        services.AddFeedback();
        services.AddPredictionLog(configuration);
        services.AddMessages();
        services.AddBatches(configuration);
        services.AddPipelines();
        if (TelemetrySettings.Read(configuration) is { } otlp)
        {
            services.AddExport(otlp);
        }

        if (TelemetrySettings.ReadInsights(configuration) is { } insights)
        {
            services.AddInsights(insights);
        }

        return services;
    }

    /// <summary>Adds the platform's middleware to the invocation pipeline.</summary>
    public static IFunctionsWorkerApplicationBuilder UseTrainyard(this IFunctionsWorkerApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<TelemetryMiddleware>().AddSingleton<ProblemMiddleware>().AddSingleton<AccessMiddleware>().AddSingleton<AuditMiddleware>();
        return builder.UseMiddleware<TrainyardMiddleware>();
    }

    private static void AddAccess(this IServiceCollection services, IConfiguration configuration, bool isLocalOnly)
    {
        services.AddSingleton(AccessSettings.Read(configuration) with { IsOpenWithoutKeys = isLocalOnly });
        services.AddSingleton(AccessSettings.ReadLimits(configuration));
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton(Operations.Of(typeof(TrainyardServices).Assembly));
        services.AddSingleton<Authenticator>();
        if (AccessSettings.ReadTokens(configuration) is { } tokens)
        {
            services.AddSingleton(tokens);
            services.AddSingleton(provider => new IdentityProvider(
                tokens, ProviderClient.Create(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IdentityProvider>>()));
            services.AddSingleton<TokenValidator>();
        }

        services.AddHostedService<AccessCheck>();
    }

    private static void AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        OutgoingOptions options = OutgoingSettings.Read(configuration);
        services.AddSingleton<IWebSource>(_ => new GuardedClient(options, new GuardedConnector(options, Dns.GetHostAddressesAsync).CreateHandler()));
    }

    private static void AddDatasets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DatasetSettings.Read(configuration));
        services.AddSingleton<DatasetCatalog>();
        services.AddSingleton<TableCache>();
        services.AddSingleton(provider => new DatasetResolver(
            provider.GetRequiredService<DatasetCatalog>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<DatasetOptions>(),
            provider.GetService<IFileSource>(),
            provider.GetService<IWebSource>()));
        services.AddSingleton<DatasetSweeper>();
    }

    private static void AddRegistry(this IServiceCollection services)
    {
        services.AddSingleton<DeploymentSignal>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<ModelStages>();
        services.AddSingleton<ModelTraffic>();
        services.AddSingleton<ModelAliases>();
        services.AddSingleton<ModelMetadata>();
        services.AddSingleton<PersonalColumns>();
        services.AddSingleton<ModelHistory>();
        services.AddSingleton<ModelRemoval>();
        services.AddSingleton<ModelArtifacts>();
        services.AddSingleton<ModelUploads>();
        services.AddSingleton<ModelComparer>();
        services.AddSingleton<ModelDeployer>();
        services.AddSingleton<MlflowSearch>();
    }

    private static void AddServing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MetricsRegistry>();
        services.AddSingleton(ServingSettings.Read(configuration));
        services.AddSingleton<ModelCache>();
        services.AddSingleton<Predictor>();
        services.AddSingleton<MultiPredictor>();
        services.AddSingleton<InferenceModels>();
        services.AddSingleton<ModelPreloader>();
        services.AddHostedService<ModelPreload>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Rollouts>();
        services.AddSingleton<CanaryService>();
        services.AddSingleton<TallyBook>();
        services.AddSingleton<ExposureBook>();
        services.AddSingleton<AbTestService>();
        services.AddSingleton<ShadowQueue>();
        services.AddSingleton<CallObserver, TrafficObserver>();
        services.AddSingleton<IMetricSource, ShadowMetrics>();
        services.AddHostedService<TrafficWork>();
        services.AddSingleton<IMetricSource, ServingMetrics>();
        services.AddSingleton<IMetricSource>(provider => new ProcessMetrics(provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddFeedback(this IServiceCollection services)
    {
        services.AddSingleton<FeedbackService>();
    }

    private static void AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<QueueDelivery>();
        services.AddSingleton<PipelineMessages>();
        services.AddSingleton<BatchMessages>();
        services.AddSingleton<FeedbackMessages>();
        services.AddSingleton<AlertMessages>();
        services.AddSingleton(provider => new PoisonMessages(
            [PipelineMessages.Triggers, PipelineMessages.TrainingRequests, BatchMessages.Queue, FeedbackMessages.Queue, AlertMessages.Queue],
            provider.GetRequiredService<IQueueInspector>(),
            provider.GetRequiredService<IMessageQueue>()));
    }

    private static void AddPredictionLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PredictionLogSettings.Read(configuration));
        services.AddSingleton<PredictionLog>();
        services.AddSingleton<CallLog>(provider => provider.GetRequiredService<PredictionLog>());
        services.AddSingleton<PredictionLogReader>();
        services.AddSingleton<PredictionLogSweeper>();
        services.AddSingleton<IModelRemains, PredictionLogRemoval>();
        services.AddSingleton<IMetricSource, PredictionLogMetrics>();
        services.AddHostedService<PredictionLogWork>();
    }

    private static void AddBatches(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(BatchSettings.Read(configuration));
        services.AddSingleton<BatchFiles>();
        services.AddSingleton<BatchEnding>();
        services.AddSingleton<PreparedBatches>();
        services.AddSingleton<BatchPlanner>();
        services.AddSingleton<ChunkPredictor>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<BatchStarter>();
        services.AddSingleton<BatchService>();
        services.AddSingleton<BatchResults>();
        services.AddSingleton<BatchKeeper>();
        services.AddSingleton<BatchSweeper>();
        services.AddSingleton<BatchWatcher>();
    }

    // A method of its own, so that OpenTelemetry is loaded only where there is a collector.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddExport(this IServiceCollection services, OtlpOptions options)
    {
        services.AddSingleton<SourceMetrics>();
        services.AddHostedService(provider => new OtlpExport(options, provider.GetRequiredService<SourceMetrics>(), provider.GetRequiredService<TimeProvider>()));
    }

    // Likewise.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddInsights(this IServiceCollection services, InsightsOptions options) => InsightsExport.Add(services, options);

    private static void AddPipelines(this IServiceCollection services)
    {
        services.AddSingleton<AlertLog>();
        services.AddSingleton<RunFiles>();
        services.AddSingleton<RunAudit>();
        services.AddSingleton<RunBook>();
        services.AddSingleton<RunLeftovers>();
        services.AddSingleton<StepRecorder>();
        services.AddSingleton<IDatasetInspector, DatasetInspector>();
        services.AddSingleton<DataSteps>();
        services.AddSingleton<TrainingSteps>();
        services.AddSingleton<ReleaseSteps>();
        services.AddSingleton<RunCompensation>();
        services.AddSingleton<PipelineService>();
        services.AddSingleton<PipelineScheduler>();
        services.AddSingleton<IMetricSource, PipelineMetrics>();
        services.AddSingleton<RunWatcher>();
    }
}
