namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>What follows from a turn, once it is on disk.</summary>
/// <param name="Execution">The execution whose turn it was.</param>
/// <param name="Instance">The instance after the turn.</param>
/// <param name="Deliveries">Messages and timers that were recorded, for this instance and for others.</param>
/// <param name="Activities">Activities that were called.</param>
internal sealed record StoredTurn(
    long Execution, InstanceRow Instance, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<PendingActivity> Activities);
