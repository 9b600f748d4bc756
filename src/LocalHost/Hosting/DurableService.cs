using Microsoft.Extensions.Hosting;
using Trainyard.LocalHost.Durable;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Runs the durable engine while the host runs.</summary>
internal sealed class DurableService(DurableEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
