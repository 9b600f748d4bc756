using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

/// <summary>Bounds of datasets.</summary>
public sealed record DatasetOptions
{
    /// <summary>Bytes of one upload by default, decompressed: 256 MiB, as a table is held in memory while it is profiled or trained on.</summary>
    public const long DefaultMaxUploadBytes = 256L * 1024 * 1024;

    /// <summary>Bytes of one upload at most, decompressed.</summary>
    public long MaxUploadBytes { get; init; } = DefaultMaxUploadBytes;

    /// <summary>Bytes of tables that are kept in memory between the steps of runs by default: 256 MiB, a table of the largest upload.</summary>
    public const long DefaultMaxCachedTableBytes = 256L * 1024 * 1024;

    /// <summary>Bytes of tables that are kept in memory between the steps of runs, at most; 0 keeps none.</summary>
    public long MaxCachedTableBytes { get; init; } = DefaultMaxCachedTableBytes;

    /// <summary>Bounds of the reader: columns, rows, line length.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>Blob containers that <c>blob://container/path</c> may name. The platform's own containers are not for reading this way.</summary>
    public IReadOnlyList<string> ImportContainers { get; init; } = ["imports"];

    /// <summary>How old content that no version refers to must be before it is swept: longer than any upload takes.</summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(24);
}
