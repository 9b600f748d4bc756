using System.Globalization;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Paging;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.PredictionLogs;

public sealed class PredictionLogReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Segments of a few lines each, over three days, so that pages end within, between and after them.
    private static readonly PredictionLogOptions Small = new() { SegmentBytes = 1200, BatchBytes = 400 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_PageByPage_GivesEveryRowOnceInOrder(bool onFiles)
    {
        using LogWorld world = new(Small, onFiles);
        List<int> sizes = await FillAsync(world);

        Assert.Equal(sizes, Sizes(await world.ReadAllAsync(new LogQuery { OldestFirst = true })));
        Assert.Equal(Enumerable.Reverse(sizes), Sizes(await world.ReadAllAsync(new LogQuery())));
        Assert.Equal(sizes, Sizes(await world.ReadAllAsync(new LogQuery { OldestFirst = true }, limit: 1)));
        Assert.Equal(Enumerable.Reverse(sizes), Sizes(await world.ReadAllAsync(new LogQuery(), limit: 500)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_WithLittleRoomToLook_GivesEmptyPagesAndStillEveryRow(bool oldestFirst)
    {
        using LogWorld world = new(Small with { MaxScanBytes = 1, MaxLists = 1 });
        List<int> sizes = await FillAsync(world);

        Assert.Equal(oldestFirst ? sizes : Enumerable.Reverse(sizes), Sizes(await world.ReadAllAsync(new LogQuery { OldestFirst = oldestFirst })));
    }

    [Fact]
    public async Task List_BetweenMoments_GivesTheRowsOfThatTime()
    {
        using LogWorld world = new(Small);
        await FillAsync(world);
        DateTimeOffset from = Start.AddHours(14);
        DateTimeOffset to = Start.AddHours(35);

        List<LoggedPrediction> all = await world.ReadAllAsync(new LogQuery());
        List<LoggedPrediction> some = await world.ReadAllAsync(new LogQuery { From = from, To = to });

        Assert.NotEmpty(some);
        Assert.Contains(all, row => row.Time == from);
        Assert.Contains(all, row => row.Time == to);
        Assert.Equal(all.Where(row => row.Time >= from && row.Time < to).Select(row => row.PredictionId), some.Select(row => row.PredictionId));
        Assert.Empty(await world.ReadAllAsync(new LogQuery { From = Start.AddYears(1), To = Start.AddYears(2) }));
        Assert.Empty(await world.ReadAllAsync(new LogQuery { To = Start.AddYears(-1) }));
    }

    [Fact]
    public async Task List_OfAVersion_GivesItsRows()
    {
        using LogWorld world = new(Small);
        await world.DeployAsync();
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "run-2");
        foreach (string version in new[] { "v1", "v2", "v2", "v1", "v2" })
        {
            await world.PredictAsync("""{"instance":{"size":1}}""", version: version);
        }

        await world.Log.DrainAsync(default);

        Assert.Equal(3, (await world.ReadAllAsync(new LogQuery { Version = "v2" })).Count);
        Assert.Equal(3, (await world.ReadAllAsync(new LogQuery { Version = "latest" })).Count);
        Assert.Equal(2, (await world.ReadAllAsync(new LogQuery { Version = "1" })).Count);

        // A version that was deleted has its rows still.
        Assert.Empty(await world.ReadAllAsync(new LogQuery { Version = "v9" }));
        Problem unknown = await RefusedAsync(world, new LogQuery { Version = "1.4.0" });
        Assert.Equal("model_version_not_found", unknown.Code);
    }

    [Fact]
    public async Task List_ByPredictionId_FindsTheRowWithoutReadingTheLog()
    {
        using LogWorld world = new(Small);
        await FillAsync(world);
        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":1},{"size":77},{"size":3}]}""");
        world.Clock.Advance(TimeSpan.FromHours(30));
        await world.PredictAsync("""{"instance":{"size":5}}""");
        await world.Log.DrainAsync(default);

        string id = answer.GetProperty("prediction_ids")[1].GetString()!;
        ResultPage<LoggedPrediction> found = await PageAsync(world, new LogQuery { PredictionId = id });

        Assert.Equal((id, 2, 77.0), (found.Items[0].PredictionId, found.Items[0].Row, Assert.Single(found.Items).Inputs["size"].GetDouble()));
        Assert.Null(found.Continuation);
        Assert.Empty((await PageAsync(world, new LogQuery { PredictionId = id, Version = "v9" })).Items);

        // No row of the day on which it was made is looked at: one of another time is not there.
        Assert.Empty((await PageAsync(world, new LogQuery { PredictionId = id, From = world.Clock.GetUtcNow() })).Items);
    }

    [Fact]
    public async Task List_WhileLinesWait_WritesThemDownFirst()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        using CancellationTokenSource stop = new();
        Task running = world.Log.RunAsync(stop.Token);
        await world.PredictAsync("""{"instance":{"size":1}}""");
        Assert.True(SpinWait.SpinUntil(() => world.Log.Waiting == 0, TimeSpan.FromSeconds(30)));
        Assert.Empty(world.Memory.Paths);

        Assert.Single((await PageAsync(world, new LogQuery())).Items);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("MjAyNjAxMDEwMHwtMXw")]
    [InlineData("MjAyNjAxMDEwMHw1fC4uLy4uL290aGVy")]
    [InlineData("OTk5OTEyMzEyM3x4fA")]
    public async Task List_ContinuationOfNobody_IsRefused(string continuation)
    {
        using LogWorld world = new();
        await world.DeployAsync();

        Problem problem = await TestStores.RefusedAsync(
            () => world.Reader.ListAsync(TestStores.Tenant, "fruit", new LogQuery(), PageRequest.Create(5, continuation), default));

        Assert.Equal("continuation_invalid", problem.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_ContinuationAtAnyPlace_GivesWholeRows(bool oldestFirst)
    {
        using LogWorld world = new(Small);
        await FillAsync(world);
        List<LoggedPrediction> all = await world.ReadAllAsync(new LogQuery());
        foreach (string path in (await world.PathsAsync()).Take(2).Append("default/fruit/9999-12-31/23/5959999-x.ndjson").Append("default/fruit/0001-01-01/00/0000000-x.ndjson"))
        {
            string[] parts = path.Split('/');
            foreach (long offset in new[] { 0, 1, 17, 399, 400, 1_000, long.MaxValue })
            {
                string text = string.Create(CultureInfo.InvariantCulture, $"{parts[2].Replace("-", "", StringComparison.Ordinal)}{parts[3]}|{offset}|{parts[4]}");
                string continuation = System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));
                ResultPage<LoggedPrediction> page = await world.Reader.ListAsync(
                    TestStores.Tenant, "fruit", new LogQuery { OldestFirst = oldestFirst }, PageRequest.Create(500, continuation), default);
                Assert.Subset(all.Select(row => row.PredictionId).ToHashSet(StringComparer.Ordinal), page.Items.Select(row => row.PredictionId).ToHashSet(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task List_WhatCannotBe_IsRefusedByName()
    {
        using LogWorld world = new();
        await world.DeployAsync();

        Assert.Equal("time_range_invalid", (await RefusedAsync(world, new LogQuery { From = Start, To = Start })).Code);
        Assert.Equal("prediction_id_invalid", (await RefusedAsync(world, new LogQuery { PredictionId = "p-1" })).Code);
        Assert.Equal("model_not_found", (await TestStores.RefusedAsync(
            () => world.Reader.ListAsync(TestStores.Tenant, "absent", new LogQuery(), PageRequest.First, default))).Code);

        // As far in time as ids go: nothing is there, and nothing breaks.
        string farthest = $"e677d21fdbff7{new string('0', 19)}-1-1-1-0-0-n0";
        Assert.Empty((await PageAsync(world, new LogQuery { PredictionId = farthest })).Items);
    }

    [Fact]
    public async Task Read_LinesLongerThanAStretch_AreReadBothWays()
    {
        using LogWorld world = new();
        await world.DeployAsync();
        int[] lengths = [10, 300_000, 20, 600_000, 30];
        foreach (int length in lengths)
        {
            await world.PredictAsync(JsonSerializer.Serialize(new { instance = new { colour = new string('x', length) } }));
        }

        await world.Log.DrainAsync(default);

        Assert.Equal(lengths, (await world.ReadAllAsync(new LogQuery { OldestFirst = true }, limit: 2)).Select(row => row.Inputs["colour"].GetString()!.Length));
        Assert.Equal(lengths.Reverse(), (await world.ReadAllAsync(new LogQuery(), limit: 2)).Select(row => row.Inputs["colour"].GetString()!.Length));
    }

    // Rows every hour and seven minutes, some of them together.
    private static async Task<List<int>> FillAsync(LogWorld world)
    {
        await world.DeployAsync();
        List<int> sizes = [];
        for (int step = 0; step < 48; step++)
        {
            for (int row = 0; row <= step % 4; row++)
            {
                sizes.Add(sizes.Count);
                await world.PredictAsync($$$"""{"instance":{"size":{{{sizes[^1]}}}}}""");
            }

            if (step % 5 == 0)
            {
                await world.Log.DrainAsync(default);
            }

            world.Clock.AdvanceTo(Start + TimeSpan.FromMinutes(70 * (step + 1)));
        }

        await world.Log.DrainAsync(default);
        return sizes;
    }

    private static IEnumerable<int> Sizes(IEnumerable<LoggedPrediction> rows) => rows.Select(row => row.Inputs["size"].GetInt32());

    private static Task<ResultPage<LoggedPrediction>> PageAsync(LogWorld world, LogQuery query) =>
        world.Reader.ListAsync(TestStores.Tenant, "fruit", query, PageRequest.First, default);

    private static Task<Problem> RefusedAsync(LogWorld world, LogQuery query) => TestStores.RefusedAsync(() => PageAsync(world, query));
}
