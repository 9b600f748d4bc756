using Trainyard.Domain.Ports;

namespace Trainyard.Testing;

/// <summary>Identifiers <c>id-0001</c>, <c>id-0002</c>, … in the order of the calls. Thread safe.</summary>
/// <param name="prefix">What stands before the number.</param>
public sealed class SequentialIdSource(string prefix = "id") : IIdSource
{
    private int last;

    /// <inheritdoc />
    public string NewId() => $"{prefix}-{Interlocked.Increment(ref last):D4}";
}
