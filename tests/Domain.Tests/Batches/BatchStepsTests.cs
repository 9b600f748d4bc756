using System.Text.Json;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Batches;

public class BatchStepsTests
{
    [Fact]
    public async Task Run_ADataset_PredictsEachRowAsARequestWould()
    {
        using BatchWorld world = await FruitAsync(40);
        await world.StartAsync("rows");

        BatchJob job = await world.RunAsync();

        Assert.Equal((BatchStatus.Completed, 40L, 40L, 0L, 1.0), (job.Status, job.TotalItems, job.CompletedItems, job.FailedItems, job.Progress));
        Assert.True(job.Chunks > 5, $"{job.Chunks} stretches");
        List<ResultRow> rows = await world.RowsAsync(job);
        string instances = string.Join(',', Enumerable.Range(1, 40).Select(row => row % 3 == 0 ? $$"""{"size":{{row % 7}},"weight":1,"colour":"red"}""" : $$"""{"size":{{10 + (row % 7)}},"weight":5,"colour":"green"}"""));
        JsonElement asked = await world.Serving.PredictAsync($$"""{"instances":[{{instances}}]}""");
        for (int row = 0; row < 40; row++)
        {
            Assert.Equal((row + 1, $"f{row + 1}"), (rows[row].Row, rows[row].Id));
            Assert.Equal(asked.GetProperty("predictions")[row].GetString(), rows[row].Prediction!.Value.GetString());
            Assert.All(rows[row].Probabilities!, value => Assert.Equal(asked.GetProperty("probabilities")[row].GetProperty(value.Key).GetDouble(), value.Value));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task Run_AnySizeAndOrderOfStretchesTakenTwice_LeavesTheSameBytes(string format)
    {
        List<string> files = [];
        foreach (int chunkBytes in (int[])[1, 50, 300, 1_000_000])
        {
            using BatchWorld world = await FruitAsync(50, new BatchOptions { ChunkBytes = chunkBytes });
            await world.StartAsync("rows", format: format);
            BatchJob job = await world.RunAsync(order: chunks => chunks.Reverse().Concat(chunks));
            Assert.Equal(50, job.CompletedItems);
            files.Add($"{job.Result!.Sha256} {await world.FileAsync(job)}");
        }

        Assert.All(files, file => Assert.Equal(files[0], file));
    }

    [Fact]
    public async Task Run_RowsWithFaults_TellsOfThemBesideTheOthers()
    {
        using BatchWorld world = await FruitAsync(1);
        await world.Stores.Blobs.WriteAsync("imports", "rows.csv", Content("id,size,weight,colour\na,1,1,red\nb,large,1,red\nc,2\n\"d,\"\"e\"\"\",3,5,green\n"), overwrite: true, default);
        foreach (string format in ResultFormats.Names)
        {
            await world.StartAsync(new BatchDefinition { ModelId = "fruit", DatasetUri = "blob://imports/rows.csv", IdColumn = "id", OutputFormat = format, Probabilities = false }, format);

            BatchJob job = await world.RunAsync(format);

            Assert.Equal((BatchStatus.Completed, 4L, 2L, 2L), (job.Status, job.TotalItems, job.CompletedItems, job.FailedItems));
            List<ResultRow> rows = await world.RowsAsync(job, limit: 1);
            Assert.Equal(["a", "b", null, "d,\"e\""], rows.Select(row => row.Id));
            Assert.Equal([null, "not_a_number", "csv_ragged_row", null], rows.Select(row => row.Error?.Code));
            Assert.Equal("size", rows[1].Error!.Column);
            Assert.All(rows, row => Assert.Null(row.Probabilities));
        }
    }

    [Fact]
    public async Task Run_NumbersInsteadOfClasses_WritesThem()
    {
        using BatchWorld world = new();
        await world.Serving.DeployAsync(ServingWorld.Regressor(), "r1");
        await world.StartRowsAsync("""[{"weight":1,"colour":"red","kind":"apple"},{"weight":"5","colour":"green","kind":null}]""");

        BatchJob job = await world.RunAsync();

        List<ResultRow> rows = await world.RowsAsync(job);
        JsonElement asked = await world.Serving.PredictAsync("""{"instances":[{"weight":1,"colour":"red","kind":"apple"},{"weight":"5","colour":"green"}]}""");
        Assert.Equal(asked.GetProperty("predictions").EnumerateArray().Select(value => value.GetDouble()), rows.Select(row => row.Prediction!.Value.GetDouble()));
    }

    [Fact]
    public async Task Run_NotOneRowThatCanBePredicted_FailsAndKeepsTheReasons()
    {
        using BatchWorld world = await FruitAsync(1);
        await world.StartRowsAsync("""[{"size":"large"},{"size":"small"}]""");

        BatchJob job = await world.RunAsync();

        Assert.Equal((BatchStatus.Failed, "batch_rows_all_failed", 2L), (job.Status, job.Failure!.Code, job.FailedItems));
        Assert.All(await world.RowsAsync(job), row => Assert.Equal("not_a_number", row.Error!.Code));
    }

    [Fact]
    public async Task Run_TheSourceDeletedMeanwhile_SetsTheRestAside()
    {
        using BatchWorld world = await FruitAsync(40);
        await world.StartAsync("rows");
        BatchBeginning beginning = await world.Planner.BeginAsync(BatchWorld.Key("job-1"), default);
        Assert.True(await world.Chunks.PredictAsync(BatchWorld.Key("job-1"), 0, default));
        BatchSource source = (await world.GetAsync()).Source;
        await world.Stores.Blobs.DeleteAsync(source.Content!.Container, source.Content.Path, default);

        for (int chunk = 1; chunk < beginning.Chunks; chunk++)
        {
            Assert.True(await world.Chunks.PredictAsync(BatchWorld.Key("job-1"), chunk, default));
        }

        await world.Ending.FinishAsync(BatchWorld.Key("job-1"), default);
        BatchJob job = await world.GetAsync();
        Assert.Equal(BatchStatus.Completed, job.Status);
        Assert.Equal(40, job.CompletedItems + job.FailedItems);
        Assert.Equal(Math.Min(beginning.Chunks - 1, BatchJob.MaxFailedRowsShown), job.FailedRows.Count);
        Assert.All(job.FailedRows, rows => Assert.Equal("batch_source_gone", rows.Failure.Code));
        List<ResultRow> results = await world.RowsAsync(job);
        Assert.Equal(Enumerable.Range(1, 40).Select(row => (long)row), results.Select(row => row.Row));
        Assert.Equal(job.FailedItems, results.Count(row => row.Error?.Code == "batch_source_gone"));
    }

    [Fact]
    public async Task Run_TheVersionAndItsFileDeletedMeanwhile_GoesOn()
    {
        using BatchWorld world = await FruitAsync(10);
        await world.StartAsync("rows");
        await foreach (BlobStat file in world.Stores.Blobs.ListAsync("artifacts", "", default))
        {
            await world.Stores.Blobs.DeleteAsync("artifacts", file.Path, default);
        }

        Assert.Equal(BatchStatus.Completed, (await world.RunAsync()).Status);
    }

    [Fact]
    public async Task Run_AnotherVersionDeployedMeanwhile_KeepsItsOwn()
    {
        using BatchWorld world = await FruitAsync(10);
        await world.StartAsync("rows");
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "r2");

        BatchJob job = await world.RunAsync();

        Assert.Equal("v1", job.Model.Label);
        Assert.Equal(10, job.CompletedItems);
    }

    [Fact]
    public async Task Run_Over_LeavesNothingButTheResults()
    {
        using BatchWorld world = await FruitAsync(10);
        await world.StartAsync("rows");

        await world.RunAsync();

        Assert.Equal(["default/job-1/results"], await world.FilesAsync());
    }

    [Fact]
    public async Task Cancel_BetweenStretches_StopsAndLeavesNothing()
    {
        using BatchWorld world = await FruitAsync(40);
        await world.StartAsync("rows");
        await world.Planner.BeginAsync(BatchWorld.Key("job-1"), default);
        Assert.True(await world.Chunks.PredictAsync(BatchWorld.Key("job-1"), 0, default));

        await world.Service.CancelAsync(TestStores.Tenant, "job-1", remove: false, default);

        Assert.False(await world.Chunks.PredictAsync(BatchWorld.Key("job-1"), 1, default));
        Assert.Equal(BatchStatus.Cancelled, await world.Ending.FinishAsync(BatchWorld.Key("job-1"), default));
        Assert.Empty(await world.FilesAsync());
        Problem refused = await TestStores.RefusedAsync(async () => await world.Results.OpenAsync(TestStores.Tenant, await world.GetAsync(), default));
        Assert.Equal("batch_without_results", refused.Code);
    }

    [Fact]
    public async Task Cancel_AskedToRemove_RemovesTheJobOnceItIsOver()
    {
        using BatchWorld world = await FruitAsync(40);
        await world.StartAsync("rows");
        await world.Service.CancelAsync(TestStores.Tenant, "job-1", remove: true, default);

        await world.Ending.EndAsync(BatchWorld.Key("job-1"), BatchStatus.Cancelled, null, default);

        Assert.Equal("batch_not_found", (await TestStores.RefusedAsync(() => world.GetAsync())).Code);
        Assert.Empty(await world.FilesAsync());
    }

    [Fact]
    public async Task Cancel_OfAnEndedJob_IsRefusedUnlessItIsToBeRemoved()
    {
        using BatchWorld world = await FruitAsync(10);
        await world.StartAsync("rows");
        await world.RunAsync();

        Assert.Equal("batch_over", (await TestStores.RefusedAsync(() => world.Service.CancelAsync(TestStores.Tenant, "job-1", remove: false, default))).Code);
        await world.Service.CancelAsync(TestStores.Tenant, "job-1", remove: true, default);
        Assert.Empty(await world.FilesAsync());
        Assert.Empty((await world.Service.ListAsync(TestStores.Tenant, new BatchFilter(), Paging.PageRequest.First, default)).Items);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Run_AFaultAtAnyWrite_EndsTheSameWhenItIsTakenUpAgain(FaultPoint point)
    {
        string? expected = null;
        for (int write = 0; ; write++)
        {
            ServingWorld serving = new();
            FaultyDocumentStore faulty = null!;
            using BatchWorld world = await FruitAsync(20, serving: serving, wrap: inner => faulty = new FaultyDocumentStore(inner, write, point, staysDown: true));
            bool struck = await TryAsync(world);
            BatchWorld again = new(new BatchOptions { ChunkBytes = 64 }, serving);
            await again.StartAsync("rows");
            BatchJob job = await again.RunAsync();
            string outcome = $"{job.Status} {job.CompletedItems} {job.FailedItems} {job.ChunksDone == job.Chunks} {job.Result!.Sha256} {string.Join(' ', await again.FilesAsync())}";
            expected ??= outcome;
            Assert.True(expected == outcome, $"write {write}, {point}: {outcome} instead of {expected}");
            if (write > 0 && !struck)
            {
                Assert.True(write > 8, $"Only {write} writes were made to fail.");
                return;
            }
        }

        static async Task<bool> TryAsync(BatchWorld world)
        {
            try
            {
                await world.StartAsync("rows");
                await world.RunAsync();
                return false;
            }
            catch (InjectedFaultException)
            {
                return true;
            }
        }
    }

    private static MemoryStream Content(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static async Task<BatchWorld> FruitAsync(int rows, BatchOptions? options = null, ServingWorld? serving = null, Func<IDocumentStore, IDocumentStore>? wrap = null)
    {
        BatchWorld world = new(options, serving, wrap);
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "r1");
        await world.UploadAsync("rows", BatchWorld.Fruit(rows));
        return world;
    }
}
