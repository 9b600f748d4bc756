using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.Batches;

/// <summary>Keeps what is sent.</summary>
internal sealed class KeptMessages : IMessageQueue
{
    public List<(string Queue, string Message, TimeSpan Delay)> Sent { get; } = [];

    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken)
    {
        Sent.Add((queue, message, delay));
        return Task.CompletedTask;
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
