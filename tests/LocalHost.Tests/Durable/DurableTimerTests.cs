using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>Timers across restarts and leaps of the clock.</summary>
public sealed class DurableTimerTests
{
    [Fact]
    public async Task CreateTimer_AcrossRestart_FiresAtItsTime()
    {
        ManualTimeProvider clock = new();
        await using EngineHarness harness = await new EngineHarness(clock)
            .Orchestrator("Main", async context =>
            {
                DateTime begin = context.CurrentUtcDateTime;
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromDays(60), CancellationToken.None);
                return context.CurrentUtcDateTime - begin;
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.SerializedCustomStatus == "\"waiting\"");
        clock.Advance(TimeSpan.FromDays(30));
        await harness.ReopenAsync();
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(TimeSpan.FromDays(60), (await harness.EndAsync(id)).ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task CreateTimer_ClockLeapsWhileTheComputerSleeps_FiresAtTheNextLook()
    {
        ManualTimeProvider clock = new();
        await using EngineHarness harness = await new EngineHarness(clock)
            .Orchestrator("Main", async context =>
            {
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
                return 1;
            })
            .OpenAsync();
        string id = await harness.StartAsync("Main");
        await harness.UntilAsync(id, current => current.SerializedCustomStatus == "\"waiting\"");
        clock.Sleep(TimeSpan.FromHours(3));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1", (await harness.EndAsync(id)).SerializedOutput);
    }
}
