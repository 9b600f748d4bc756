using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Traffic.AbTests;

namespace Trainyard.Functions.Timers;

/// <summary>Looks at A/B tests that are under way: ends those whose time is over and, where asked for, those that are decided.</summary>
/// <param name="tests">Knows them.</param>
public sealed class AbTestTimer(AbTestService tests)
{
    /// <summary>Four times a minute: so much longer may a harmful variant answer than until the harm is proven.</summary>
    public const string Every = "*/15 * * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("LookAtAbTests")]
    public Task RunAsync([TimerTrigger(Every)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return tests.SweepAsync(cancellationToken);
    }
}
