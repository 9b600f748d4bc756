using Azure.Identity;
using Microsoft.ApplicationInsights.Extensibility;
using Microsoft.ApplicationInsights.WorkerService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Telemetry;

/// <summary>Sends spans, log lines and what packages call to Application Insights.</summary>
internal static class InsightsExport
{
    private const string LoggerProvider = "Microsoft.Extensions.Logging.ApplicationInsights.ApplicationInsightsLoggerProvider";

    /// <summary>Adds Application Insights' own services, and ours in front of its channel.</summary>
    public static void Add(IServiceCollection services, InsightsOptions options)
    {
        services.AddApplicationInsightsTelemetryWorkerService(new ApplicationInsightsServiceOptions
        {
            ConnectionString = options.ConnectionString,
            ApplicationVersion = PlatformVersion.Full,

            // Live documents would leave before anything could be taken out of them; the metadata service is an address of clouds alone.
            EnableQuickPulseMetricStream = false,
            EnableAzureInstanceMetadataTelemetryModule = false,
        });
        services.Configure<LoggerFilterOptions>(static filter => KeepLevels(filter));
        services.AddSingleton<ITelemetryInitializer, InsightsRedaction>();
        services.AddHostedService<InsightsSpans>();
        if (options.UsesIdentity)
        {
            ManagedIdentityId identity = options.ClientId is { } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned;
            services.Configure<TelemetryConfiguration>(configuration => configuration.SetAzureTokenCredential(new ManagedIdentityCredential(identity)));
        }
    }

    // The package brings a rule by which nothing below a warning is sent, whatever the host's levels say.
    private static void KeepLevels(LoggerFilterOptions filter)
    {
        foreach (LoggerFilterRule rule in filter.Rules.Where(static rule => rule.ProviderName == LoggerProvider).ToArray())
        {
            filter.Rules.Remove(rule);
        }
    }
}
