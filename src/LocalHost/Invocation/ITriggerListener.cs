namespace Trainyard.LocalHost.Invocation;

/// <summary>Waits for the events of one trigger and runs its function.</summary>
internal interface ITriggerListener
{
    /// <summary>The function it runs.</summary>
    string FunctionName { get; }

    /// <summary>Listens until <paramref name="stopping"/> and ends when the runs under way have ended.</summary>
    /// <param name="stopping">Cancelled when no new run may begin.</param>
    /// <param name="abandoned">Cancelled when runs under way must end as well.</param>
    Task ListenAsync(CancellationToken stopping, CancellationToken abandoned);
}
