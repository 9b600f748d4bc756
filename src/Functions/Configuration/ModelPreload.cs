using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Configuration;

/// <summary>Loads models while the host starts, without holding it up; readiness waits for it.</summary>
internal sealed partial class ModelPreload(ModelPreloader preloader, ILogger<ModelPreload> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        preloader.RunAsync((model, failure) => LogFailed(failure, model.Tenant.ToString(), model.Name), stoppingToken);

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "Model {Tenant}/{Model} could not be loaded ahead of its requests")]
    private partial void LogFailed(Exception failure, string tenant, string model);
}
