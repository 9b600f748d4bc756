namespace Trainyard.Domain.Serving;

/// <summary>Bounds of serving.</summary>
public sealed record ServingOptions
{
    /// <summary>Rows of one request by default; more belong into a batch.</summary>
    public const int DefaultMaxRows = 10_000;

    /// <summary>Bytes of one request by default.</summary>
    public const int DefaultMaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>Rows of one request that are explained by default, where the model allows as many in about a second.</summary>
    public const int DefaultMaxExplainedRows = 1_000;

    /// <summary>Models held in memory by default.</summary>
    public const int DefaultMaxModels = 32;

    /// <summary>Bytes of model files held in memory by default, counted as they are on disk.</summary>
    public const long DefaultMaxModelBytes = 512L * 1024 * 1024;

    /// <summary>How long another process's deployment may go unnoticed by default. A deployment of this process is seen at once.</summary>
    public static readonly TimeSpan DefaultFreshness = TimeSpan.FromSeconds(1);

    /// <summary>Rows of one request at most.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;

    /// <summary>Rows of one request that are explained at most.</summary>
    public int MaxExplainedRows { get; init; } = DefaultMaxExplainedRows;

    /// <summary>Bytes of one request at most.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Models held in memory at most; the one used longest ago leaves first.</summary>
    public int MaxModels { get; init; } = DefaultMaxModels;

    /// <summary>Bytes of model files held in memory at most.</summary>
    public long MaxModelBytes { get; init; } = DefaultMaxModelBytes;

    /// <summary>Age at which what is deployed is looked up again, by one request while the others go on.</summary>
    public TimeSpan Freshness { get; init; } = DefaultFreshness;
}
