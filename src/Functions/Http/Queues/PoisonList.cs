namespace Trainyard.Functions.Http.Queues;

/// <summary>Messages that could not be handled.</summary>
/// <param name="Items">Oldest first.</param>
internal sealed record PoisonList(IReadOnlyList<PoisonView> Items);
