namespace Trainyard.Domain.Registry.Removal;

/// <summary>Written before work that may leave a file lying, and removed when it is complete: what a crash in between left is found by it.</summary>
/// <param name="Tenant">Whose model.</param>
/// <param name="ModelName">The model.</param>
/// <param name="At">When the work began.</param>
internal sealed record Leftover(string Tenant, string ModelName, DateTimeOffset At)
{
    /// <summary>The upload that writes a file for a version to refer to; null for the files of deleted versions.</summary>
    public LeftoverUpload? Upload { get; init; }
}
