using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Which instances a query or a purge is about.</summary>
/// <param name="CreatedFrom">Created at or after (UTC), or null.</param>
/// <param name="CreatedTo">Created at or before (UTC), or null.</param>
/// <param name="Statuses">In one of these, or null for all.</param>
/// <param name="IdPrefix">Whose id begins so, or null.</param>
internal sealed record InstanceFilter(
    DateTime? CreatedFrom, DateTime? CreatedTo, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses, string? IdPrefix)
{
    /// <summary>One bit for each status that is wanted.</summary>
    public int StatusBits => Statuses?.Aggregate(0, (bits, status) => bits | (1 << (int)status)) ?? ~0;
}
