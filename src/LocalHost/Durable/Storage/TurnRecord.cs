using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>A turn with what it consumed, to be stored in one transaction.</summary>
/// <param name="Instance">The instance as it was before the turn.</param>
/// <param name="Turn">What the turn came to.</param>
/// <param name="Status">The status after the turn.</param>
/// <param name="Heard">Deliveries that the turn answers; each must still be there, so that none is heard twice.</param>
/// <param name="Unheard">Deliveries that nobody waits for any more.</param>
/// <param name="At">The clock (UTC).</param>
internal sealed record TurnRecord(
    InstanceRow Instance,
    Turn Turn,
    OrchestrationRuntimeStatus Status,
    IReadOnlyList<Delivery> Heard,
    IReadOnlyList<Delivery> Unheard,
    DateTime At);
