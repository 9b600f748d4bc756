namespace Trainyard.Domain.Datasets;

/// <summary>Content that wants to become a version.</summary>
/// <param name="Name">The dataset; made when it is new.</param>
/// <param name="Format">How the content is written.</param>
public sealed record DatasetUpload(string Name, DatasetFormat Format)
{
    /// <summary>Makes a repeat find the version that the first made; null for a fresh id.</summary>
    public string? UploadId { get; init; }

    /// <summary>The address it was imported from; null when it was uploaded.</summary>
    public string? Source { get; init; }

    /// <summary>True: content equal to the latest version's makes no new version.</summary>
    public bool ReuseEqual { get; init; }
}
