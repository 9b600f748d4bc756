using Trainyard.Architecture.Tests.Settings;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Holds the app settings that are deployed to those that the sample documents.</summary>
public sealed class AppSettingsTests
{
    // Read by the Functions host, and absent from the sample because only the cloud has what they name.
    private static readonly string[] OfTheCloud =
    [
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        "AzureFunctionsJobHost__extensions__durableTask__hubName",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName",
    ];

    // Where the app runs decides these: the plan names the runtime, there is no key for a connection string, no local
    // files, the addresses of storage are spelled out, and the platform itself answers other origins and writes logs.
    private static readonly string[] OfTheDesk =
    [
        "FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "AzureWebJobsStorage__accountName", "Trainyard__Datasets__FileRoots",
        "Trainyard__Cors__Origins", "Trainyard__Cors__AllowCredentials", "Trainyard__Logs__Json",
    ];

    // The defaults are right until somebody says otherwise with the parameter `settings`.
    private static readonly string[] LeftAtTheirDefaults =
    [
        "Trainyard__Access__TenantClaim", "Trainyard__Access__RolesClaim",
        "Trainyard__Datasets__MaxUploadBytes", "Trainyard__Datasets__MaxColumns", "Trainyard__Datasets__MaxRows",
        "Trainyard__Datasets__MaxCachedTableBytes", "Trainyard__Datasets__ImportContainers",
        "Trainyard__Serving__MaxRows", "Trainyard__Serving__MaxBodyBytes", "Trainyard__Serving__MaxModels",
        "Trainyard__Serving__MaxModelBytes", "Trainyard__Serving__Freshness",
        "Trainyard__Serving__MaxExplainedRows", "Trainyard__Serving__IdleTime", "Trainyard__Serving__WarmUp", "Trainyard__Serving__Preload",
        "MAX_MODELS_IN_MEMORY", "MODEL_CACHE_TTL", "WARMUP_ON_LOAD", "PRELOAD_MODELS",
        "Trainyard__Batches__MaxRows", "Trainyard__Batches__MaxBodyBytes", "Trainyard__Batches__MaxActiveJobs", "Trainyard__Batches__ChunkBytes",
        "Trainyard__Batches__MaxParallelChunks", "Trainyard__Batches__MaxModels", "Trainyard__Batches__Retention",
        "Trainyard__Limits__ReadPerSecond", "Trainyard__Limits__PredictPerSecond", "Trainyard__Limits__WritePerSecond",
        "Trainyard__Limits__UploadPerSecond", "Trainyard__Limits__TenantFactor", "Trainyard__Outgoing__AllowedNetworks",
        "PREDICTION_LOG_RETENTION_DAYS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_SERVICE_NAME",
    ];

    [RequiresBicepParserFact]
    public void Deployed_AreThoseOfTheSample()
    {
        Assert.Equal(
            SampleSettings.Values.Keys.Concat(OfTheCloud).Except([.. OfTheDesk, .. LeftAtTheirDefaults]).Order(StringComparer.Ordinal),
            Deployed().Order(StringComparer.Ordinal));
        Assert.Empty(OfTheDesk.Concat(LeftAtTheirDefaults).Except(SampleSettings.Values.Keys));
    }

    [RequiresBicepParserFact]
    public void Deployed_HoldNoSecret()
    {
        // Not the key itself but where it lies.
        BicepNode key = Bicep.File("modules/function-app.bicep").Variable("operatorSettings").Value.Properties["Trainyard__Access__OperatorKey"];
        Assert.StartsWith("'@Microsoft.KeyVault(SecretUri=", key.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Bicep.File("modules/function-app.bicep").Parameters, each => each.Has("secure"));
    }

    // Every variable that goes into the union is an object of settings; the parameter `settings` is the user's.
    private static IEnumerable<string> Deployed()
    {
        BicepFile file = Bicep.File("modules/function-app.bicep");
        BicepNode union = file.Resources.Single(each => each.Name == "appSettings").Body.Properties["properties"];
        string[] variables = [.. union.All.Where(each => each.Type == "identifier" && each.Text.EndsWith("Settings", StringComparison.Ordinal)).Select(each => each.Text)];
        Assert.Equal(["baseSettings", "operatorSettings", "tokenSettings", "schedulerSettings"], variables);
        return variables.SelectMany(name => file.Variable(name).Value.Properties.Keys);
    }
}
