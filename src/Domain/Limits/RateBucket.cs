namespace Trainyard.Domain.Limits;

/// <summary>A token bucket in one number: the moment at which it will be full again. Thread safe without a lock.</summary>
/// <remarks>
/// The generic cell rate algorithm in its virtual-scheduling form, which admits what a token bucket admits: ITU-T
/// Recommendation I.371, annex A. A request is allowed when the moment, moved on by one request's share, lies at most
/// a whole burst ahead. Whole ticks throughout, since a clock of nanoseconds passes what a double counts exactly.
/// </remarks>
internal sealed class RateBucket
{
    private readonly int burst;
    private readonly long frequency;
    private readonly long ticksPerRequest;
    private readonly long burstTicks;
    private long fullAt = long.MinValue;

    // The moment of a bucket that was forgotten: whoever still holds it must look for the one that came after.
    private const long Retired = long.MaxValue;

    /// <param name="limit">The rate and its burst.</param>
    /// <param name="frequency">Ticks of the clock a second.</param>
    public RateBucket(RateLimit limit, long frequency)
    {
        burst = limit.Burst;
        this.frequency = frequency;

        // Rounded up, so that rounding never lets more through.
        ticksPerRequest = Math.Max(1, (long)Math.Ceiling(frequency / limit.PerSecond));
        burstTicks = burst * ticksPerRequest;
    }

    /// <summary>Ends the bucket if nothing is missing, so that forgetting it changes nothing: nobody takes from it any more.</summary>
    public bool TryRetire(long now)
    {
        long seen = Interlocked.Read(ref fullAt);
        return seen <= now && Interlocked.CompareExchange(ref fullAt, Retired, seen) == seen;
    }

    /// <summary>Takes one request's share, if there is one.</summary>
    /// <param name="now">The time stamp.</param>
    /// <returns>Null when the bucket is retired.</returns>
    public LimitDecision? Take(long now)
    {
        while (true)
        {
            long seen = Interlocked.Read(ref fullAt);
            if (seen == Retired)
            {
                return null;
            }

            long missing = Math.Max(seen, now) - now;
            long over = missing + ticksPerRequest - burstTicks;
            if (over > 0)
            {
                return new LimitDecision(IsAllowed: false, burst, Remaining: 0, Time(missing), Time(over));
            }

            missing += ticksPerRequest;
            if (Interlocked.CompareExchange(ref fullAt, now + missing, seen) == seen)
            {
                return new LimitDecision(IsAllowed: true, burst, (int)((burstTicks - missing) / ticksPerRequest), Time(missing), TimeSpan.Zero);
            }
        }
    }

    private TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / frequency);
}
