namespace Trainyard.Domain.Registry.Removal;

/// <summary>What stays of something that was deleted.</summary>
/// <param name="By">Who deleted it.</param>
/// <param name="Reason">Why; null when they did not say.</param>
/// <param name="At">When.</param>
public sealed record Deletion(string By, string? Reason, DateTimeOffset At)
{
    /// <summary>Whether the model file is gone as well; until then somebody still has to remove it.</summary>
    public bool ArtifactRemoved { get; init; }
}
