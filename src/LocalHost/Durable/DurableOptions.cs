using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Durable;

/// <summary>How the durable engine runs.</summary>
/// <param name="DatabasePath">The SQLite file; it is created, with its folder, when absent.</param>
internal sealed record DurableOptions(string DatabasePath)
{
    /// <summary>Activities that wait for something should overlap even on a small machine.</summary>
    public const int MinDefaultConcurrentActivities = 4;

    /// <summary>Orchestrations that are kept in memory between their turns; the others are replayed.</summary>
    public const int DefaultCachedSessions = 1_000;

    /// <summary>What a page of a query may hold.</summary>
    public const int DefaultMaxPageSize = 1_000;

    /// <summary>Instance ids are keys of several tables; longer ones are refused.</summary>
    public const int MaxInstanceIdCharacters = 256;

    /// <summary>As often as a queue message is tried before it is set aside.</summary>
    public const int DefaultMaxActivityRestarts = 5;

    /// <summary>Long enough for a short activity, short enough for an impatient Ctrl-C.</summary>
    public static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after the store failed (a full disk) before an instance is read again.</summary>
    public static readonly TimeSpan DefaultStoreRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Activities that run at once; what is beyond waits in the outbox. One per core, at least <see cref="MinDefaultConcurrentActivities"/>.</summary>
    public int MaxConcurrentActivities { get; init; } = Math.Max(MinDefaultConcurrentActivities, Environment.ProcessorCount);

    /// <summary>Orchestrations kept in memory between turns; 0 replays every turn from its history.</summary>
    public int CachedSessions { get; init; } = DefaultCachedSessions;

    /// <summary>Instances in one page of a query, at most.</summary>
    public int MaxPageSize { get; init; } = DefaultMaxPageSize;

    /// <summary>How often an activity that processes died around is begun again before it is failed.</summary>
    public int MaxActivityRestarts { get; init; } = DefaultMaxActivityRestarts;

    /// <summary>How long a stop waits for activities that run; then they are cancelled and run again at the next start.</summary>
    public TimeSpan DrainTimeout { get; init; } = DefaultDrainTimeout;

    /// <summary>The wait after the store failed.</summary>
    public TimeSpan StoreRetryDelay { get; init; } = DefaultStoreRetryDelay;

    /// <summary>The version that orchestrations and sub-orchestrations get which are started without one; empty for none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>How large payloads may be.</summary>
    public OrchestrationLimits Limits { get; init; } = OrchestrationLimits.Default;

    /// <summary>Checks the options.</summary>
    /// <exception cref="DurableException"><c>setting_out_of_range</c>; the message names the setting.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(DatabasePath), nameof(DatabasePath), "a file");
        Require(MaxConcurrentActivities >= 1, nameof(MaxConcurrentActivities), "at least 1");
        Require(CachedSessions >= 0, nameof(CachedSessions), "at least 0");
        Require(MaxPageSize >= 1, nameof(MaxPageSize), "at least 1");
        Require(MaxActivityRestarts >= 0, nameof(MaxActivityRestarts), "at least 0");
        Require(DrainTimeout >= TimeSpan.Zero, nameof(DrainTimeout), "at least 0");
        Require(StoreRetryDelay >= TimeSpan.Zero, nameof(StoreRetryDelay), "at least 0");
        Require(Limits.PayloadCharacters >= 1, nameof(Limits.PayloadCharacters), "at least 1");
        Require(Limits.CustomStatusCharacters >= 1, nameof(Limits.CustomStatusCharacters), "at least 1");
        Require(Limits.ErrorCharacters >= 1, nameof(Limits.ErrorCharacters), "at least 1");
    }

    private static void Require(bool holds, string setting, string right)
    {
        if (!holds)
        {
            throw new DurableException("setting_out_of_range", $"{nameof(DurableOptions)}.{setting} must be {right}.");
        }
    }
}
