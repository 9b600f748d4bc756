using Microsoft.Extensions.Hosting;

namespace Trainyard.LocalHost.Hosting;

/// <summary>The lifetime of a host inside another program: that program alone starts and stops it.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
