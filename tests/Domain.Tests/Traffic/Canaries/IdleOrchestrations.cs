using Trainyard.Domain.Traffic.Canaries;

namespace Trainyard.Domain.Tests.Traffic.Canaries;

/// <summary>An engine that looks after nothing: tests look themselves.</summary>
internal sealed class IdleOrchestrations : ICanaryOrchestrations
{
    public List<CanaryKey> Started { get; } = [];

    public List<CanaryKey> Woken { get; } = [];

    /// <summary>Thrown by a start; null for none.</summary>
    public Exception? Failure { get; set; }

    public Task StartAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        Started.Add(canary);
        return Task.CompletedTask;
    }

    public Task WakeAsync(CanaryKey canary, CancellationToken cancellationToken)
    {
        Woken.Add(canary);
        return Task.CompletedTask;
    }
}
