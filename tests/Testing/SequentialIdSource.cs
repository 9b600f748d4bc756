using Trainyard.Domain.Ports;

namespace Trainyard.Testing;

/// <summary>Identifiers <c>id-0001</c>, <c>id-0002</c>, … in the order of the calls; GUIDs end in the same numbers. Thread safe.</summary>
/// <param name="prefix">What stands before the number.</param>
public sealed class SequentialIdSource(string prefix = "id") : IIdSource
{
    private int last;

    /// <inheritdoc />
    public string NewId() => $"{prefix}-{Interlocked.Increment(ref last):D4}";

    /// <inheritdoc />
    public Guid NewGuid()
    {
        int number = Interlocked.Increment(ref last);
        return new Guid(0, 0, 0x7000, 0x80, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }
}
