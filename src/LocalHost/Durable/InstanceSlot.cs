using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>The mailbox of an instance and what is kept of it between turns. Guarded by its <see cref="SlotTable"/>.</summary>
internal sealed class InstanceSlot(string instanceId)
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>What has arrived and was not taken.</summary>
    public List<Delivery> Mailbox { get; set; } = [];

    /// <summary>True while somebody runs the instance's turns; nobody else may.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The execution in memory, or null; only who runs the turns touches it.</summary>
    public InstanceSession? Session { get; set; }
}
