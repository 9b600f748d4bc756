using System.Text.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.PredictionLogs;

namespace Trainyard.Domain.Tests.PredictionLogs;

public sealed class LogStorageTests
{
    [Fact]
    public async Task Flush_StorageAway_KeepsLinesAndAppendsThemOnceLater()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await PredictAsync(world, 1, 2);
        world.Memory.IsAway = true;
        await WriteOutAsync(world);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.Log.FlushAsync(default));
        await PredictAsync(world, 3);
        await WriteOutAsync(world);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.Log.FlushAsync(default));
        Assert.True(world.Log.BufferedBytes > 0);

        world.Memory.IsAway = false;
        await world.Log.FlushAsync(default);

        Assert.Equal([1.0, 2.0, 3.0], Sizes(await world.StoredAsync()));
        Assert.Equal(0, world.Log.BufferedBytes);
        Assert.Contains("ml_prediction_log_rows_total{model=\"fruit\"} 3", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_StorageAwayForLong_DropsWhatHasNoRoomAndCounts()
    {
        using LogWorld world = new(new PredictionLogOptions { MaxBufferedBytes = 700 });
        await world.DeployAsync();
        world.Memory.IsAway = true;

        await PredictAsync(world, 1, 2, 3, 4, 5);
        await WriteOutAsync(world);
        Assert.InRange(world.Log.BufferedBytes, 1, 700);
        world.Memory.IsAway = false;
        await world.Log.FlushAsync(default);

        List<JsonElement> stored = await world.StoredAsync();
        Assert.InRange(stored.Count, 1, 4);
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(size => (double)size), Sizes(stored));
        Assert.Contains($"ml_prediction_log_dropped_total{{reason=\"storage\"}} {5 - stored.Count}", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_AnswerOfAnAppendLost_DoublesNothing()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        for (int size = 1; size <= 3; size++)
        {
            await PredictAsync(world, size);
            world.Memory.LostAnswers = 1;
            await WriteOutAsync(world);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => world.Log.FlushAsync(default));
            await PredictAsync(world, size * 10);
            await WriteOutAsync(world);
            await world.Log.FlushAsync(default);
        }

        Assert.Equal([1.0, 10.0, 2.0, 20.0, 3.0, 30.0], Sizes(await world.StoredAsync()));
        Assert.Contains("ml_prediction_log_rows_total{model=\"fruit\"} 6", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_DiesBetweenAppendAndItsAnswer_LeavesEachLineOnce()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await PredictAsync(world, 1);
        world.Memory.LostAnswers = 1;
        await WriteOutAsync(world);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => world.Log.FlushAsync(default));

        using PredictionLog dead = world.Log;
        world.Replace(world.Restart());
        await PredictAsync(world, 2);
        await world.LinesAsync();

        Assert.Equal([1.0, 2.0], Sizes(await world.StoredAsync()).Order());

        // Of its own blob: two hosts never meet in writing.
        Assert.Equal(2, (await world.PathsAsync()).Count);
    }

    [Fact]
    public async Task Flush_SegmentRemovedMeanwhile_IsCountedAndTheNextBeginsAnew()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await PredictAsync(world, 1);
        await world.LinesAsync();
        await world.Blobs.DeleteAsync("predictions", Assert.Single(await world.PathsAsync()), default);

        await PredictAsync(world, 2);
        await world.LinesAsync();
        await PredictAsync(world, 3);

        Assert.Equal([3.0], Sizes(await world.LinesAsync()));
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"removed\"} 1", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segments_AreBoundedByBytesAppendsAndTime()
    {
        using LogWorld world = new(new PredictionLogOptions { SegmentBytes = 600, BatchBytes = 1, SegmentAppends = 2 });
        await world.DeployAsync();
        await PredictAsync(world, 1, 2, 3, 4, 5);
        await world.LinesAsync();
        Assert.Equal(3, (await world.PathsAsync()).Count);

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await PredictAsync(world, 6);
        world.Clock.Advance(TimeSpan.FromMinutes(50));
        await PredictAsync(world, 7);
        await world.LinesAsync();

        List<string> paths = await world.PathsAsync();
        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], Sizes(await world.StoredAsync()));
        Assert.Equal(5, paths.Count);
        Assert.All(paths[..4], path => Assert.StartsWith("default/fruit/2026-01-01/00/", path, StringComparison.Ordinal));
        Assert.StartsWith("default/fruit/2026-01-01/00/1000000-", paths[3], StringComparison.Ordinal);
        Assert.StartsWith("default/fruit/2026-01-01/01/0000000-", paths[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlushFull_OnlyWhenABatchIsLarge()
    {
        using LogWorld world = new(new PredictionLogOptions { BatchBytes = 500 });
        await world.DeployAsync();
        using CancellationTokenSource stop = new();
        Task flushed = world.Log.FlushFullAsync(stop.Token);
        await PredictAsync(world, 1);
        await WriteOutAsync(world);
        Assert.False(flushed.IsCompleted);

        await PredictAsync(world, 2, 3);
        await WriteOutAsync(world);
        await flushed.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([1.0, 2.0], Sizes(await world.StoredAsync()).Take(2));
    }

    [Fact]
    public async Task Drain_WritesOutAndAppendsAllThatWaits()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await PredictAsync(world, 1, 2, 3);

        Assert.Equal(0, await world.Log.DrainAsync(default));

        Assert.Equal([1.0, 2.0, 3.0], Sizes(await world.StoredAsync()));
    }

    [Fact]
    public async Task Drain_StorageAway_CountsWhatIsLost()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        await PredictAsync(world, 1, 2, 3);
        world.Memory.IsAway = true;

        Assert.Equal(3, await world.Log.DrainAsync(default));
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"shutdown\"} 3", world.MetricsText, StringComparison.Ordinal);
        Assert.Equal(0, world.Log.BufferedBytes);
    }

    [Fact]
    public async Task Run_UntilCancelled_LeavesTheRestToTheDrain()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        using CancellationTokenSource stop = new();
        Task running = world.Log.RunAsync(stop.Token);
        await PredictAsync(world, 1);
        Assert.True(SpinWait.SpinUntil(() => world.Log.Waiting == 0, TimeSpan.FromSeconds(30)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await PredictAsync(world, 2);

        Assert.Equal([1.0, 2.0], Sizes(await world.LinesAsync()));
    }

    private static async Task PredictAsync(LogWorld world, params int[] sizes)
    {
        foreach (int size in sizes)
        {
            await world.PredictAsync($$$"""{"instance":{"size":{{{size}}}}}""");
        }
    }

    // As the host's worker does it.
    private static async Task WriteOutAsync(LogWorld world)
    {
        using CancellationTokenSource stop = new();
        Task running = world.Log.RunAsync(stop.Token);
        Assert.True(SpinWait.SpinUntil(() => world.Log.Waiting == 0, TimeSpan.FromSeconds(30)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static List<double> Sizes(IEnumerable<JsonElement> lines) => [.. lines.Select(line => line.GetProperty("inputs").GetProperty("size").GetDouble())];
}
