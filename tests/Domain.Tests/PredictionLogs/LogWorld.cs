using System.Buffers;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic;

namespace Trainyard.Domain.Tests.PredictionLogs;

/// <summary>A model that is served and logged: nothing is written out until a test says so.</summary>
internal sealed class LogWorld : IDisposable
{
    private readonly PredictionLogOptions options;

    public LogWorld(PredictionLogOptions? options = null, bool onFiles = false)
    {
        this.options = options ?? new PredictionLogOptions();
        Blobs = onFiles ? Serving.Stores.Blobs : Memory;
        Log = Restart();
        Predictor = PredictorWith(Log);
        Reader = new PredictionLogReader(Blobs, Serving.Registry, Log, Clock, this.options);
    }

    public ServingWorld Serving { get; } = new(worksOffShadows: false);

    /// <summary>Where the log lies unless it lies in files.</summary>
    public MemoryBlobStore Memory { get; } = new();

    public IBlobStore Blobs { get; }

    public PredictionLog Log { get; private set; }

    public Predictor Predictor { get; private set; }

    public PredictionLogReader Reader { get; }

    public MetricsRegistry Metrics => Serving.Metrics;

    public Testing.ManualTimeProvider Clock => Serving.Stores.Clock;

    public string MetricsText => Serving.MetricsText();

    /// <summary>Another process on the same storage; the one before is gone with all it had in memory.</summary>
    public PredictionLog Restart() => new(Blobs, Serving.Documents, new TimedIds(Clock), Clock, options, new ServingOptions(), Metrics);

    public Predictor PredictorWith(PredictionLog log) => new(
        Serving.Cache, new TimedIds(Clock), Clock, new ServingOptions(), Metrics,
        new TrafficObserver(Serving.Book, new Domain.Traffic.Shadows.ShadowQueue(Serving.Book, new ServingOptions(), Metrics), Serving.Exposures, Clock), log);

    public void Replace(PredictionLog log) => (Log, Predictor) = (log, PredictorWith(log));

    /// <summary>Deploys the model "fruit" and logs a share of its requests.</summary>
    public async Task DeployAsync(double logRate = 1, string model = "fruit")
    {
        await Serving.DeployAsync(ServingWorld.Classifier(), $"run-{model}", model);
        await RateAsync(logRate, model);
    }

    public Task RateAsync(double logRate, string model = "fruit") =>
        Serving.Traffic.SetAsync(TestStores.Tenant, model, new TrafficChange { LogRate = logRate }, $"rate-{model}-{logRate}", new ChangeNote("ada"), default);

    public async Task<JsonElement> PredictAsync(string body, PredictFace? face = null, string model = "fruit", string? key = null, string? version = null)
    {
        ArrayBufferWriter<byte> answer = new();
        ModelCall call = new(TestStores.Tenant, model, key, version, "c0ffee");
        await Predictor.PredictAsync(call, face ?? PredictFace.Rows, Encoding.UTF8.GetBytes(body), answer, default);
        return JsonDocument.Parse(answer.WrittenMemory).RootElement;
    }

    public async Task<JsonElement> PredictManyAsync(string body)
    {
        ArrayBufferWriter<byte> answer = new();
        await new MultiPredictor(Predictor, new ServingOptions()).PredictAsync(new ModelCall(TestStores.Tenant, string.Empty), Encoding.UTF8.GetBytes(body), answer, default);
        return JsonDocument.Parse(answer.WrittenMemory).RootElement;
    }

    /// <summary>Everything that was logged, as it lies in storage, in order of its blobs.</summary>
    public async Task<List<JsonElement>> LinesAsync()
    {
        Assert.Equal(0, await Log.DrainAsync(default));
        return await StoredAsync();
    }

    public async Task<List<JsonElement>> StoredAsync()
    {
        List<JsonElement> lines = [];
        foreach (string path in await PathsAsync())
        {
            using StreamReader reader = new((await Blobs.OpenReadAsync("predictions", path, default))!);
            string text = await reader.ReadToEndAsync();
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement));
        }

        return lines;
    }

    public async Task<List<string>> PathsAsync()
    {
        List<string> paths = [];
        await foreach (BlobStat blob in Blobs.ListAsync("predictions", "", default))
        {
            paths.Add(blob.Path);
        }

        return paths;
    }

    /// <summary>Every row that a query finds, page by page.</summary>
    public async Task<List<LoggedPrediction>> ReadAllAsync(LogQuery query, int limit = 7)
    {
        List<LoggedPrediction> rows = [];
        string? continuation = null;
        int pages = 0;
        do
        {
            ResultPage<LoggedPrediction> page = await Reader.ListAsync(TestStores.Tenant, "fruit", query, PageRequest.Create(limit, continuation), default);
            Assert.InRange(page.Items.Count, 0, limit);
            rows.AddRange(page.Items);
            continuation = page.Continuation;
            Assert.True(pages++ < 10_000);
        }
        while (continuation is not null);
        return rows;
    }

    public void Dispose()
    {
        Log.Dispose();
        Serving.Dispose();
    }
}
