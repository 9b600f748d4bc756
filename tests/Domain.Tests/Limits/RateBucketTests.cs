using FsCheck;
using FsCheck.Fluent;
using Trainyard.Domain.Limits;

namespace Trainyard.Domain.Tests.Limits;

public class RateBucketTests
{
    private const long Frequency = TimeSpan.TicksPerSecond;

    [Fact]
    public void Take_BurstThenRate_LetsThroughWhatWasPromised()
    {
        RateBucket bucket = new(new RateLimit(10, 5), Frequency);
        Assert.Equal([true, true, true, true, true, false], Enumerable.Range(0, 6).Select(_ => bucket.Take(0)!.Value.IsAllowed));

        LimitDecision refused = bucket.Take(0)!.Value;
        Assert.Equal((5, 0, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)), (refused.Limit, refused.Remaining, refused.RetryAfter, refused.ResetAfter));
        Assert.False(bucket.Take(Frequency / 10 - 1)!.Value.IsAllowed);
        Assert.True(bucket.Take(Frequency / 10)!.Value.IsAllowed);
    }

    [Fact]
    public void Take_AfterARest_IsFullAgainAndNoFuller()
    {
        RateBucket bucket = new(new RateLimit(1, 3), Frequency);
        Assert.Equal(2, bucket.Take(0)!.Value.Remaining);
        Assert.False(bucket.TryRetire(0));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.Take(1000 * Frequency)!.Value.IsAllowed));
    }

    [Fact]
    public void Take_FromABucketThatWasForgotten_IsSentElsewhere()
    {
        RateBucket bucket = new(new RateLimit(1, 3), Frequency);
        Assert.True(bucket.TryRetire(0));
        Assert.False(bucket.TryRetire(Frequency));
        Assert.Null(bucket.Take(Frequency));
    }

    [Fact]
    public void Take_AClockOfNanosecondsAfterYears_CountsExactly()
    {
        const long Nanoseconds = 1_000_000_000;
        const long Late = 4_000_000_000L * Nanoseconds;
        RateBucket bucket = new(new RateLimit(1000, 2), Nanoseconds);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => bucket.Take(Late)!.Value.IsAllowed));
        Assert.True(bucket.Take(Late + (Nanoseconds / 1000))!.Value.IsAllowed);
    }

    [Fact]
    public void Take_AtAnyTimes_AgreesWithATokenBucketCountedInFractions()
    {
        // Gaps in hundredths of a request's share, so that the plain count below is exact.
        Gen<int[]> gaps = Gen.Choose(0, 250).ArrayOf();
        Prop.ForAll(gaps.ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), (steps, burst) =>
        {
            RateBucket bucket = new(new RateLimit(1, burst), frequency: 100);
            long now = 0;
            int tokens = burst * 100;
            return steps.All(gap =>
            {
                now += gap;
                tokens = Math.Min(burst * 100, tokens + gap);
                bool expected = tokens >= 100;
                tokens -= expected ? 100 : 0;
                LimitDecision decision = bucket.Take(now)!.Value;
                return decision.IsAllowed == expected && (!expected || decision.Remaining == tokens / 100);
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Take_FromManyThreads_LetsThroughExactlyTheBurst()
    {
        const int Burst = 1000;
        RateBucket bucket = new(new RateLimit(0.001, Burst), Frequency);
        int[] allowed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 500).Count(_ => bucket.Take(0)!.Value.IsAllowed))));
        Assert.Equal(Burst, allowed.Sum());
    }
}
