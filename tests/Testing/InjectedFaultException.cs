namespace Trainyard.Testing;

/// <summary>The failure that a fault injector was told to raise.</summary>
/// <param name="write">The 1-based number of the write that it struck.</param>
/// <param name="point">The side of the write.</param>
public sealed class InjectedFaultException(int write, FaultPoint point) : IOException($"Injected fault {point} number {write}.")
{
    /// <summary>The 1-based number of the write.</summary>
    public int Write { get; } = write;

    /// <summary>The side of the write.</summary>
    public FaultPoint Point { get; } = point;
}
