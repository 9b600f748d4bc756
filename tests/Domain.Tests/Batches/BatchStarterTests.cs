using Trainyard.Domain.Batches;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.Batches;

public class BatchStarterTests
{
    [Fact]
    public async Task Start_RecordsVersionAndSource()
    {
        using BatchWorld world = await WorldAsync();

        BatchJob job = await world.StartAsync("rows");

        Assert.Equal((BatchStatus.Queued, "v1", "rows", 1, 9L), (job.Status, job.Model.Label, job.Source.Dataset, job.Source.DatasetVersion, job.TotalItems));
        Assert.Equal((await world.Catalog.GetAsync(TestStores.Tenant, "rows", 1, default)).Sha256, job.Source.Sha256);
        Assert.Equal(["job-1"], world.Orchestrations.Started);
    }

    [Fact]
    public async Task Start_UnderAnIdThatIsKnown_FindsTheJob()
    {
        using BatchWorld world = await WorldAsync();
        BatchJob first = await world.StartAsync("rows");

        BatchJob second = await world.StartAsync("elsewhere");

        Assert.Equal(first.Source, second.Source);
        Assert.Single((await world.Service.ListAsync(TestStores.Tenant, new BatchFilter(), PageRequest.First, default)).Items);
    }

    [Theory]
    [InlineData("id,size,colour\na,1,red\n", "batch_columns_missing", "weight")]
    [InlineData("name,size,weight,colour\na,1,1,red\n", "batch_id_column_missing", "id_column")]
    public async Task Start_RowsWithoutAColumn_IsRefusedByName(string csv, string code, string field)
    {
        using BatchWorld world = await WorldAsync();
        await world.UploadAsync("lacking", csv);

        Problem refused = await TestStores.RefusedAsync(() => world.StartAsync("lacking"));

        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.Empty(await world.FilesAsync());
        Assert.Empty(world.Orchestrations.Started);
    }

    [Theory]
    [InlineData("""[{"size":1,"girth":2}]""", "column_unknown", "girth", null)]
    [InlineData("""[{"size":1},{"size":1,"kind":"apple"}]""", "column_is_target", "kind", null)]
    [InlineData("""[{"size":1},{}]""", "instance_empty", "instances", null)]
    [InlineData("""[]""", "batch_rows_missing", "instances", null)]
    [InlineData("""[{"size":1}, 7]""", "field_type", "instances[1]", null)]
    [InlineData("""{"size":1}""", "field_type", "instances", null)]
    [InlineData("""[{"size":1}]""", "batch_id_column_missing", "id_column", "name")]
    [InlineData("""[{"size":1},{"size":1},{"size":1},{"size":1}]""", "batch_rows_too_many", "instances", null)]
    public async Task StartRows_ThatCannotBeUsed_IsRefused(string instances, string code, string field, string? idColumn)
    {
        using BatchWorld world = await WorldAsync(new BatchOptions { MaxRows = 3 });

        Problem refused = await TestStores.RefusedAsync(() => world.StartRowsAsync(instances, idColumn: idColumn));

        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.Empty(await world.FilesAsync());
    }

    [Fact]
    public async Task StartRows_OverSeveralLines_ReadsEachAsOneRow()
    {
        using BatchWorld world = await WorldAsync();

        await world.StartRowsAsync("[{\n\"size\":\r\n 1, \"name\": \"a\\nb\"},\n{\"size\":2,\n\"name\":\"c\"}]", idColumn: "name");

        BatchJob job = await world.RunAsync();
        Assert.Equal(2, job.CompletedItems);
        Assert.Equal(["a\nb", "c"], (await world.RowsAsync(job)).Select(row => row.Id));
    }

    [Theory]
    [InlineData(null, "dataset://rows", null, null, "field_required", "model_id")]
    [InlineData("fruit", null, null, null, "batch_rows_missing", "dataset_uri")]
    [InlineData("fruit", "dataset://rows", "pdf", null, "batch_format_unknown", "output_format")]
    [InlineData("fruit", "dataset://none", null, null, "dataset_not_found", "dataset_uri")]
    [InlineData("fruit", "somewhere", null, null, "dataset_uri_invalid", "dataset_uri")]
    [InlineData("none", "dataset://rows", null, null, "model_not_found", "model")]
    [InlineData("fruit", "dataset://rows", null, "v9", "model_version_not_found", "version")]
    public async Task Start_ThatCannotWork_IsRefused(string? model, string? uri, string? format, string? version, string code, string field)
    {
        using BatchWorld world = await WorldAsync();

        Problem refused = await TestStores.RefusedAsync(() => world.StartAsync(new BatchDefinition { ModelId = model, DatasetUri = uri, OutputFormat = format, Version = version }));

        Assert.Equal((code, field), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task Start_AModelThatIsNotDeployed_IsRefusedUnlessAVersionIsNamed()
    {
        using BatchWorld world = new();
        await world.Serving.RegisterAsync(ServingWorld.Classifier(), "r1");
        await world.UploadAsync("rows", BatchWorld.Fruit(9));

        Assert.Equal("model_not_deployed", (await TestStores.RefusedAsync(() => world.StartAsync("rows"))).Code);
        Assert.Equal("v1", (await world.StartAsync(new BatchDefinition { ModelId = "fruit", DatasetUri = "dataset://rows", Version = "latest" })).Model.Label);
    }

    [Fact]
    public async Task Start_MoreJobsThanMayBeUnderWay_IsRefusedUntilOneEnds()
    {
        using BatchWorld world = await WorldAsync(new BatchOptions { MaxActiveJobs = 2, ChunkBytes = 64 });
        await world.StartAsync("rows", "a");
        await world.StartAsync("rows", "b");

        Problem refused = await TestStores.RefusedAsync(() => world.StartAsync("rows", "c"));
        Assert.Equal(("batch_jobs_too_many", ProblemKind.Throttled), (refused.Code, refused.Kind));
        Assert.NotNull(refused.RetryAfter);

        await world.RunAsync("a");
        await world.StartAsync("rows", "c");
    }

    [Fact]
    public async Task Tick_AJobThatACrashLeft_StartsIt()
    {
        using BatchWorld world = await WorldAsync();
        await world.StartAsync("rows");

        BatchReport report = await world.Keeper.TickAsync(world.Orchestrations, default);

        Assert.Equal(["job-1", "job-1"], world.Orchestrations.Started);
        Assert.Empty(report.Lost);
    }

    [Fact]
    public async Task Tick_AJobWhoseOrchestrationEnded_FailsIt()
    {
        using BatchWorld world = await WorldAsync();
        await world.StartAsync("rows");
        await world.Planner.BeginAsync(BatchWorld.Key("job-1"), default);
        world.Orchestrations.State = OrchestrationState.Ended;

        BatchReport report = await world.Keeper.TickAsync(world.Orchestrations, default);

        Assert.Equal([BatchWorld.Key("job-1")], report.Lost);
        BatchJob job = await world.GetAsync();
        Assert.Equal((BatchStatus.Failed, "batch_lost"), (job.Status, job.Failure!.Code));
        Assert.Empty(await world.FilesAsync());
    }

    [Fact]
    public async Task Sweep_RemovesJobsPastTheirRetentionAndFilesOfNone()
    {
        using BatchWorld world = await WorldAsync(new BatchOptions { ChunkBytes = 64, Retention = TimeSpan.FromDays(2) });
        await world.StartAsync("rows", "old");
        await world.RunAsync("old");
        await world.Stores.Blobs.WriteAsync("batches", "default/never/rows", new MemoryStream([1]), overwrite: true, default);
        world.Stores.Clock.Advance(TimeSpan.FromDays(1.5));
        await world.StartAsync("rows", "new");
        await world.RunAsync("new");
        world.Stores.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((1, 1), await world.Sweeper.SweepAsync(default));

        Assert.Equal(["default/new/results"], await world.FilesAsync());
        Assert.Equal("batch_not_found", (await TestStores.RefusedAsync(() => world.GetAsync("old"))).Code);
    }

    [Fact]
    public async Task List_ByStatusAndModel_GivesTheNewestFirst()
    {
        using BatchWorld world = await WorldAsync();
        await world.StartAsync("rows", "a");
        world.Stores.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.StartAsync("rows", "b");
        await world.RunAsync("a");

        Assert.Equal(["b", "a"], await IdsAsync(new BatchFilter()));
        Assert.Equal(["a"], await IdsAsync(new BatchFilter(BatchStatus.Completed)));
        Assert.Equal(["b", "a"], await IdsAsync(new BatchFilter(Model: "fruit")));
        Assert.Empty(await IdsAsync(new BatchFilter(Model: "other")));

        async Task<IEnumerable<string>> IdsAsync(BatchFilter filter) =>
            (await world.Service.ListAsync(TestStores.Tenant, filter, PageRequest.First, default)).Items.Select(job => job.Id);
    }

    private static async Task<BatchWorld> WorldAsync(BatchOptions? options = null)
    {
        BatchWorld world = new(options);
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "r1");
        await world.UploadAsync("rows", BatchWorld.Fruit(9));
        return world;
    }
}
