using Microsoft.Extensions.Hosting;
using Trainyard.Domain.Access;

namespace Trainyard.Functions.Access;

/// <summary>Refuses to start an installation that others reach and that can recognise nobody.</summary>
/// <param name="options">How callers are known.</param>
/// <param name="keys">Whether there are keys already.</param>
internal sealed class AccessCheck(AccessOptions options, ApiKeys keys) : IHostedService
{
    /// <exception cref="AccessNotConfiguredException">Nobody could be recognised.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.IsOpenWithoutKeys && !options.IsConfigured && !await keys.AnyAsync(cancellationToken))
        {
            throw new AccessNotConfiguredException();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
