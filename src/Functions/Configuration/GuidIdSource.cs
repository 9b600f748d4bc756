using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Configuration;

/// <summary>Identifiers from version 7 GUIDs: unique without coordination, and in order of creation to the millisecond.</summary>
internal sealed class GuidIdSource(TimeProvider time) : IIdSource
{
    public string NewId() => NewGuid().ToString();

    public Guid NewGuid() => Guid.CreateVersion7(time.GetUtcNow());
}
