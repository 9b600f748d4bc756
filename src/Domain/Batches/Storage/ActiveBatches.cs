namespace Trainyard.Domain.Batches.Storage;

/// <summary>The jobs of a tenant that are under way. One document, so that two starts at once cannot both take the last place.</summary>
/// <param name="JobIds">Their ids.</param>
internal sealed record ActiveBatches(IReadOnlyList<string> JobIds)
{
    public static ActiveBatches None { get; } = new([]);
}
