using Trainyard.Testing;

namespace Trainyard.Storage.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly List<string> fired = [];

    [Fact]
    public void Advance_OverSeveralTimers_FiresThemInOrderAtTheirDueTimes()
    {
        DateTimeOffset start = clock.GetUtcNow();
        using ITimer late = Timer("late", 3, 0);
        using ITimer often = Timer("often", 2, 2);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["often@2", "late@3", "often@4"], fired);
        Assert.Equal(start.AddSeconds(5), clock.GetUtcNow());
        Assert.Equal(1, clock.PendingTimers);
    }

    [Fact]
    public void Advance_TimerSetByATimerOnTheWay_FiresToo()
    {
        using ITimer first = clock.CreateTimer(_ => clock.CreateTimer(_ => fired.Add("second"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["second"], fired);
    }

    [Fact]
    public void Advance_AfterDispose_FiresNothing()
    {
        Timer("never", 1, 1).Dispose();
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(fired);
    }

    [Fact]
    public async Task Delay_OnThisClock_EndsWhenItIsMoved()
    {
        Task delay = Task.Delay(TimeSpan.FromHours(1), clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private ITimer Timer(string name, int due, int period)
    {
        DateTimeOffset start = clock.GetUtcNow();
        TimeSpan every = period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period);
        return clock.CreateTimer(_ => fired.Add($"{name}@{(clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(due), every);
    }
}
