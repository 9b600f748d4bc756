using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Traffic.Shadows;

/// <summary>Ids for answers that nobody gets.</summary>
internal sealed class UnusedIds : IIdSource
{
    public static UnusedIds Instance { get; } = new();

    public string NewId() => "shadow";
}
