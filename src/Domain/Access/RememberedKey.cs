using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Access;

/// <summary>A key in memory.</summary>
/// <param name="key">The key.</param>
/// <param name="tenant">Its tenant.</param>
/// <param name="readAt">Time stamp of its reading.</param>
/// <param name="usedAt">When its use was last written by this process; the beginning of time when it was not.</param>
internal sealed class RememberedKey(ApiKey key, TenantId tenant, long readAt, DateTimeOffset usedAt)
{
    private long usedTicks = usedAt.UtcTicks;

    public ApiKey Key => key;

    public long ReadAt => readAt;

    public DateTimeOffset UsedAt => new(Interlocked.Read(ref usedTicks), TimeSpan.Zero);

    public Caller Caller { get; } = new(CallerKind.Key, tenant, key.Id, key.Scopes);

    /// <summary>Whether a use is worth a write; true for one caller of many at once.</summary>
    public bool IsUseDue(DateTimeOffset now)
    {
        long before = Interlocked.Read(ref usedTicks);
        return now.UtcTicks - before >= ApiKeys.UseGranularity.Ticks && Interlocked.CompareExchange(ref usedTicks, now.UtcTicks, before) == before;
    }
}
