using Microsoft.Extensions.Hosting;
using Trainyard.LocalHost.Durable;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Runs the durable engine while the host runs.</summary>
internal sealed class DurableService(DurableEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The drain took longer than the host may wait; what was not recorded runs again at the next start.
        }
    }
}
