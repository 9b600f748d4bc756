namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>What an engine has to do when it starts: everything that was recorded and not carried out.</summary>
internal sealed record PendingWork(IReadOnlyList<Delivery> Deliveries, IReadOnlyList<PendingActivity> Activities);
