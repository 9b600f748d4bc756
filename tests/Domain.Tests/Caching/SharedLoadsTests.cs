using Trainyard.Domain.Caching;

namespace Trainyard.Domain.Tests.Caching;

public class SharedLoadsTests
{
    [Fact]
    public async Task Get_WhoseCallerLeaves_IsLoadedForTheOthers()
    {
        SharedLoads<string, Entry> loads = new(maxCount: 2, maxBytes: 10);
        TaskCompletionSource<Entry> loading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource leaving = new();
        Task<Entry> first = loads.GetAsync("a", () => loading.Task, leaving.Token);
        Task<Entry> second = loads.GetAsync("a", () => throw new InvalidOperationException("It is being loaded."), CancellationToken.None);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Entry entry = new(1, 1);
        loading.SetResult(entry);

        Assert.Same(entry, await second);
        Assert.True(loads.Holds("a"));
    }

    [Fact]
    public async Task Get_OverTheCount_DropsWhatWasUsedLongestAgo()
    {
        SharedLoads<string, Entry> loads = new(maxCount: 2, maxBytes: 10);
        await GetAsync(loads, "a", 1, lastUsed: 5);
        await GetAsync(loads, "b", 1, lastUsed: 3);
        await GetAsync(loads, "c", 1, lastUsed: 4);

        Assert.Equal((true, false, true), (loads.Holds("a"), loads.Holds("b"), loads.Holds("c")));
    }

    [Fact]
    public async Task Get_OverTheBytes_DropsUntilTheNewestFits()
    {
        SharedLoads<string, Entry> loads = new(maxCount: 9, maxBytes: 10);
        await GetAsync(loads, "a", 4, lastUsed: 1);
        await GetAsync(loads, "b", 4, lastUsed: 2);
        await GetAsync(loads, "c", 9, lastUsed: 3);
        Assert.Equal((false, false, true), (loads.Holds("a"), loads.Holds("b"), loads.Holds("c")));

        await GetAsync(loads, "d", 11, lastUsed: 4);
        Assert.Equal(0, loads.Count);
    }

    [Fact]
    public async Task Get_ThatFails_IsLoadedAgain()
    {
        SharedLoads<string, Entry> loads = new(maxCount: 2, maxBytes: 10);
        await Assert.ThrowsAsync<IOException>(() => loads.GetAsync("a", () => throw new IOException("Away."), CancellationToken.None));
        Assert.Equal(0, loads.Count);

        await GetAsync(loads, "a", 1, lastUsed: 1);
        Assert.Equal(1, loads.Count);
    }

    private static Task<Entry> GetAsync(SharedLoads<string, Entry> loads, string key, long bytes, long lastUsed) =>
        loads.GetAsync(key, () => Task.FromResult(new Entry(bytes, lastUsed)), CancellationToken.None);

    private sealed record Entry(long Bytes, long LastUsed) : ICachedValue;
}
