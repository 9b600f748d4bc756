namespace Trainyard.Domain.Registry;

/// <summary>Tells caches of this process that some deployment changed. Other processes notice by age. Thread safe.</summary>
public sealed class DeploymentSignal
{
    private long generation;

    /// <summary>Differs from an earlier value when a deployment changed in between.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>Called after a change is durable.</summary>
    internal void Raise() => Interlocked.Increment(ref generation);
}
