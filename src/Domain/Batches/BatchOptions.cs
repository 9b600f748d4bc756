namespace Trainyard.Domain.Batches;

/// <summary>Bounds of prediction jobs.</summary>
public sealed record BatchOptions
{
    /// <summary>Rows of one job by default.</summary>
    public const int DefaultMaxRows = 10_000_000;

    /// <summary>Bytes of a request that brings its rows along, by default.</summary>
    public const int DefaultMaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>Jobs of one tenant under way at once, by default.</summary>
    public const int DefaultMaxActiveJobs = 16;

    /// <summary>Bytes of a stretch of rows by default: below 8 MiB, the size of the buffers that hold them.</summary>
    public const int DefaultChunkBytes = 8_000_000;

    /// <summary>Stretches of one job predicted at once, by default. Each takes some 16 MB of memory where it is.</summary>
    public const int DefaultMaxParallelChunks = 4;

    /// <summary>Models kept in memory between stretches, by default.</summary>
    public const int DefaultMaxModels = 4;

    /// <summary>How long an ended job and its results are kept by default.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    /// <summary>Rows of one job at most.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;

    /// <summary>Bytes of a request that brings its rows along, at most.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Jobs of one tenant under way at once, at most.</summary>
    public int MaxActiveJobs { get; init; } = DefaultMaxActiveJobs;

    /// <summary>Bytes of a stretch of rows, about; it changes the time, never the results.</summary>
    public int ChunkBytes { get; init; } = DefaultChunkBytes;

    /// <summary>Stretches of one job predicted at once, at most; it changes the time, never the results.</summary>
    public int MaxParallelChunks { get; init; } = DefaultMaxParallelChunks;

    /// <summary>Models kept in memory between stretches, at most; beside those that serve requests, which a job must not push out.</summary>
    public int MaxModels { get; init; } = DefaultMaxModels;

    /// <summary>How long an ended job and its results are kept.</summary>
    public TimeSpan Retention { get; init; } = DefaultRetention;

    /// <summary>How old a file that no job refers to must be before it is swept: longer than starting a job takes.</summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(24);
}
