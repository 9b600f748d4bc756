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

    /// <summary>Bytes of memory for models by default.</summary>
    public const long DefaultMaxModelBytes = 512L * 1024 * 1024;

    /// <summary>How long another process's deployment may go unnoticed by default. A deployment of this process is seen at once.</summary>
    public static readonly TimeSpan DefaultFreshness = TimeSpan.FromSeconds(1);

    /// <summary>How long a model that nobody asks for stays in memory by default.</summary>
    public static readonly TimeSpan DefaultIdleTime = TimeSpan.FromHours(1);

    /// <summary>Rows of one request at most.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;

    /// <summary>Rows of one request that are explained at most.</summary>
    public int MaxExplainedRows { get; init; } = DefaultMaxExplainedRows;

    /// <summary>Bytes of one request at most.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Model versions held in memory at most; what is expected to be asked for least leaves first.</summary>
    public int MaxModels { get; init; } = DefaultMaxModels;

    /// <summary>Bytes that models take of memory at most, measured when they are loaded.</summary>
    public long MaxModelBytes { get; init; } = DefaultMaxModelBytes;

    /// <summary>How long a model that nobody asks for stays in memory; zero for as long as there is room.</summary>
    public TimeSpan IdleTime { get; init; } = DefaultIdleTime;

    /// <summary>Whether a model answers a request of the host's own before those of callers.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Models that are loaded when the host starts, and stay in memory while nothing else needs the room.</summary>
    public IReadOnlyList<PreloadedModel> Preload { get; init; } = [];

    /// <summary>Age at which what is deployed is looked up again, by one request while the others go on.</summary>
    public TimeSpan Freshness { get; init; } = DefaultFreshness;
}
