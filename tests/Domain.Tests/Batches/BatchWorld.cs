using System.Text;
using System.Text.Json;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.Batches;

/// <summary>Prediction jobs on real local stores, their steps taken by hand.</summary>
internal sealed class BatchWorld : IDisposable
{
    private static readonly DatasetOptions Datasets = new();

    private readonly IDocumentStore documents;

    public BatchWorld(BatchOptions? options = null, ServingWorld? on = null, Func<IDocumentStore, IDocumentStore>? wrap = null)
    {
        Options = options ?? new BatchOptions { ChunkBytes = 64 };
        Serving = on ?? new ServingWorld();
        documents = wrap?.Invoke(Serving.Stores.Documents) ?? Serving.Stores.Documents;
        TestStores stores = Serving.Stores;
        Catalog = new(stores.Documents, stores.Blobs, stores.Ids, stores.Clock, Datasets);
        DatasetResolver resolver = new(Catalog, stores.Blobs, Datasets);
        ServingOptions serving = new();
        BatchFiles files = new(stores.Blobs);
        PreparedBatches prepared = new(stores.Blobs, stores.Clock, Options, serving);
        Ending = new(files, stores.Blobs, documents, stores.Clock);
        Planner = new(resolver, prepared, Ending, stores.Blobs, documents, Options, Datasets, stores.Clock);
        Chunks = new(prepared, stores.Blobs, documents);
        ModelReader models = new(Serving.Registry, Serving.Artifacts, stores.Blobs, serving);
        Starter = new(models, new SourceReader(Catalog, resolver, stores.Blobs, Options), files, documents, Options, stores.Clock);
        Service = new(documents, Ending, stores.Clock);
        Results = new(stores.Blobs);
        Keeper = new(documents, Ending);
        Sweeper = new(documents, stores.Blobs, Ending, Options, stores.Clock);
    }

    public BatchOptions Options { get; }

    public ServingWorld Serving { get; }

    public TestStores Stores => Serving.Stores;

    public DatasetCatalog Catalog { get; }

    public BatchStarter Starter { get; }

    public BatchPlanner Planner { get; }

    public ChunkPredictor Chunks { get; }

    public BatchEnding Ending { get; }

    public BatchService Service { get; }

    public BatchResults Results { get; }

    public BatchKeeper Keeper { get; }

    public BatchSweeper Sweeper { get; }

    public FakeBatchOrchestrations Orchestrations { get; } = new();

    /// <summary>Rows of fruit with an id: each third an apple.</summary>
    public static string Fruit(int rows)
    {
        StringBuilder csv = new("id,size,weight,colour,kind\n");
        for (int row = 1; row <= rows; row++)
        {
            csv.Append(row % 3 == 0 ? $"f{row},{row % 7},1,red,apple\n" : $"f{row},{10 + (row % 7)},5,green,melon\n");
        }

        return csv.ToString();
    }

    public void Dispose() => Serving.Dispose();

    public async Task UploadAsync(string name, string csv)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        await Catalog.UploadAsync(TestStores.Tenant, new DatasetUpload(name, DatasetFormat.Csv), content, default);
    }

    public Task<BatchJob> StartAsync(BatchDefinition definition, string id = "job-1") => Starter.StartAsync(TestStores.Tenant, id, definition, Orchestrations, default);

    public Task<BatchJob> StartAsync(string dataset, string id = "job-1", string? format = null, string? idColumn = "id") =>
        StartAsync(new BatchDefinition { ModelId = "fruit", DatasetUri = $"dataset://{dataset}", IdColumn = idColumn, OutputFormat = format }, id);

    public Task<BatchJob> StartRowsAsync(string instances, string id = "job-1", string? idColumn = null) =>
        StartAsync(new BatchDefinition { ModelId = "fruit", Instances = JsonDocument.Parse(instances).RootElement, IdColumn = idColumn }, id);

    /// <summary>Takes all steps of a job as its orchestration does, its stretches in any order.</summary>
    public async Task<BatchJob> RunAsync(string id = "job-1", Func<IEnumerable<int>, IEnumerable<int>>? order = null)
    {
        BatchBeginning beginning = await Planner.BeginAsync(Key(id), default);
        IEnumerable<int> all = Enumerable.Range(0, beginning.Chunks);
        foreach (int chunk in order?.Invoke(all) ?? all)
        {
            Assert.True(await Chunks.PredictAsync(Key(id), chunk, default));
        }

        await (beginning.Proceed ? Ending.FinishAsync(Key(id), default) : Ending.EndAsync(Key(id), BatchStatus.Cancelled, null, default));
        return await GetAsync(id);
    }

    public Task<BatchJob> GetAsync(string id = "job-1") => Service.GetAsync(TestStores.Tenant, id, default);

    public async Task<string> FileAsync(BatchJob job)
    {
        (Stream content, _) = await Results.OpenAsync(TestStores.Tenant, job, default);
        using StreamReader reader = new(content);
        return await reader.ReadToEndAsync();
    }

    public async Task<List<ResultRow>> RowsAsync(BatchJob job, int limit = 500)
    {
        List<ResultRow> rows = [];
        string? continuation = null;
        do
        {
            ResultPage<ResultRow> page = await Results.ReadAsync(TestStores.Tenant, job, PageRequest.Create(limit, continuation), default);
            rows.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return rows;
    }

    public async Task<string[]> FilesAsync() => await Stores.Blobs.ListAsync("batches", "", default).Select(blob => blob.Path).ToArrayAsync();

    public static BatchKey Key(string id) => new(TestStores.Tenant.Value, id);
}
