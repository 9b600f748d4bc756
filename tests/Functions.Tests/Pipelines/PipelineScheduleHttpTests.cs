using System.Text.Json.Nodes;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>The timer, the scheduler and the engine together, on a clock that the test moves.</summary>
public class PipelineScheduleHttpTests
{
    private static readonly DateTimeOffset Start = new(2025, 11, 3, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Schedule_WhenItsSlotComes_RunsOnce()
    {
        ManualTimeProvider clock = new(Start);
        await using PipelineApp app = await PipelineApp.StartAsync(clock);
        await app.UploadAsync("iris", Samples.Read("iris"));
        string pipeline = await app.CreateAsync("""{"model_name":"iris","dataset_uri":"dataset://iris","threshold":0.8,"schedule":"hourly"}""");
        Assert.Equal("2025-11-03T22:00:00Z", (string)(await app.GetAsync(pipeline))["next_run"]!);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, (int)(await app.GetAsync(pipeline))["total_runs"]!);
        clock.Advance(TimeSpan.FromMinutes(2));
        await NudgeUntilStartedAsync(app, clock, pipeline);
        JsonNode ended = await app.UntilAsync(pipeline, shown => shown["latest_run"] is { } run && (string)run["status"]! is "completed" or "failed" or "rejected");
        Assert.Equal(("completed", 1, "2025-11-03T23:00:00Z"), ((string)ended["latest_run"]!["status"]!, (int)ended["total_runs"]!, (string)ended["next_run"]!));
        Assert.Equal(("schedule", "2025-11-03T22:00:00Z"), ((string)ended["latest_run"]!["trigger"]!, (string)ended["latest_run"]!["slot"]!));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (int)(await app.GetAsync(pipeline))["total_runs"]!);
    }

    // The host sets its timer anew once the function has returned, at whatever the clock then shows; moving the clock a
    // little from time to time makes sure that it comes past that.
    private static async Task NudgeUntilStartedAsync(PipelineApp app, ManualTimeProvider clock, string pipeline)
    {
        const int AsksPerNudge = 20;
        for (int ask = 0; (int)(await app.GetAsync(pipeline))["total_runs"]! == 0; ask++)
        {
            Assert.True(clock.GetUtcNow() < Start.AddMinutes(110), "The slot's run was not started within its hour.");
            if (ask % AsksPerNudge == 0)
            {
                clock.Advance(TimeSpan.FromSeconds(10));
            }
        }
    }
}
