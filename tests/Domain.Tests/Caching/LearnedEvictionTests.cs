using Trainyard.Domain.Caching;

namespace Trainyard.Domain.Tests.Caching;

public class LearnedEvictionTests
{
    private long clock;

    [Fact]
    public async Task Get_BeforeAnythingIsLearned_DropsWhatWasUsedLongestAgo()
    {
        SharedLoads<string, Entry> loads = Make(maxCount: 2, maxBytes: 10);
        await UseAsync(loads, "a");
        await UseAsync(loads, "b");
        await UseAsync(loads, "a");
        await UseAsync(loads, "c");

        Assert.Equal((true, false, true), (loads.Holds("a"), loads.Holds("b"), loads.Holds("c")));
    }

    [Fact]
    public async Task Get_FavouritesAmongASweep_KeepsThem()
    {
        LearnedEviction<string, Entry> eviction = new(10, 1000);
        SharedLoads<string, Entry> loads = new(10, 1000, eviction);
        int missed = 0;
        for (int round = 0; round < 400; round++)
        {
            for (int favourite = 0; favourite < 5; favourite++)
            {
                missed += round > 100 && !loads.Holds($"favourite {favourite}") ? 1 : 0;
                await UseAsync(loads, $"favourite {favourite}");
            }

            for (int once = 0; once < 12; once++)
            {
                await UseAsync(loads, $"once {round} {once}");
            }
        }

        // Seventeen different names in a round are more than ten: by recency every favourite would miss every time.
        Assert.True(missed < 15, $"{missed} of 1500 uses of favourites missed.");
        Assert.NotEqual(0, eviction.Chooser);
        Assert.InRange(eviction.KnownCount, 10, 130);
    }

    [Fact]
    public async Task Get_AfterFavouritesChange_ForgetsTheOldOnes()
    {
        SharedLoads<string, Entry> loads = Make(maxCount: 10, maxBytes: 1000);
        for (int round = 0; round < 300; round++)
        {
            for (int favourite = 0; favourite < 5; favourite++)
            {
                await UseAsync(loads, $"{(round < 150 ? "old" : "new")} {favourite}");
            }

            for (int once = 0; once < 7; once++)
            {
                await UseAsync(loads, $"once {round} {once}");
            }
        }

        Assert.All(Enumerable.Range(0, 5), favourite => Assert.True(loads.Holds($"new {favourite}")));
        Assert.All(Enumerable.Range(0, 5), favourite => Assert.False(loads.Holds($"old {favourite}")));
    }

    [Fact]
    public async Task Get_UsedEquallyOften_DropsTheLargerOnes()
    {
        LearnedEviction<string, Entry> eviction = new(100, 100);
        SharedLoads<string, Entry> loads = new(100, 100, eviction);
        for (int round = 0; round < 300; round++)
        {
            for (int small = 0; small < 8; small++)
            {
                await UseAsync(loads, $"small {small}", bytes: 5);
            }

            await UseAsync(loads, $"large {round % 3}", bytes: 50);
        }

        Assert.All(Enumerable.Range(0, 8), small => Assert.True(loads.Holds($"small {small}")));
    }

    [Fact]
    public async Task Get_WhatIsPreferred_LeavesLast()
    {
        SharedLoads<string, Entry> loads = Make(maxCount: 3, maxBytes: 1000);
        await UseAsync(loads, "production", isPreferred: true);
        await UseAsync(loads, "test 1");
        await UseAsync(loads, "test 2");
        await UseAsync(loads, "test 2");
        await UseAsync(loads, "test 3");
        await UseAsync(loads, "test 4");
        Assert.True(loads.Holds("production"));

        await UseAsync(loads, "production 2", isPreferred: true);
        await UseAsync(loads, "production 3", isPreferred: true);
        await UseAsync(loads, "production 4", isPreferred: true);
        Assert.False(loads.Holds("production"));
    }

    [Fact]
    public async Task Get_OneThatIsLargerThanTheRoom_LeavesNothingBehind()
    {
        SharedLoads<string, Entry> loads = Make(maxCount: 3, maxBytes: 10);
        await UseAsync(loads, "a", bytes: 4);
        await UseAsync(loads, "b", bytes: 11);

        Assert.Equal((0, 0L), (loads.Count, loads.Bytes));
    }

    [Fact]
    public async Task Drop_ByCondition_TellsThoseThatLeft()
    {
        SharedLoads<string, Entry> loads = Make(maxCount: 3, maxBytes: 10);
        Entry first = await UseAsync(loads, "a");
        Entry second = await UseAsync(loads, "b");

        loads.Drop(entry => entry == first);

        Assert.Equal((false, true, true, false), (loads.Holds("a"), loads.Holds("b"), first.HasLeft, second.HasLeft));
        Assert.NotSame(first, await UseAsync(loads, "a"));
    }

    private static SharedLoads<string, Entry> Make(int maxCount, long maxBytes) => new(maxCount, maxBytes, new LearnedEviction<string, Entry>(maxCount, maxBytes));

    private async Task<Entry> UseAsync(SharedLoads<string, Entry> loads, string key, long bytes = 1, bool isPreferred = false)
    {
        clock++;
        Entry entry = await loads.GetAsync(key, () => Task.FromResult(new Entry(bytes, isPreferred) { LastUsed = clock }), CancellationToken.None);
        entry.LastUsed = clock;
        entry.Uses++;
        return entry;
    }

    private sealed class Entry(long bytes, bool isPreferred) : ICachedValue
    {
        public long Bytes => bytes;

        public bool IsPreferred => isPreferred;

        public long LastUsed { get; set; }

        public long Uses { get; set; }

        public bool HasLeft { get; private set; }

        public void Leave() => HasLeft = true;
    }
}
