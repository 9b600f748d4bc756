using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Traffic;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Shadows;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Tests.Serving;

/// <summary>Small real models, registered and deployed as a run would do it.</summary>
internal sealed class ServingWorld : IDisposable
{
    private readonly DeploymentSignal signal = new();

    private readonly CancellationTokenSource stopping = new();

    public ServingWorld(ServingOptions? options = null, DeploymentSignal? heard = null, bool worksOffShadows = true)
    {
        // Clocks are moved far in these tests, which is no reason to unload; those of unloading say so.
        options ??= new ServingOptions { IdleTime = TimeSpan.Zero };
        Documents = new FailingDocumentStore(Stores.Documents);
        Registry = new(Documents, Stores.Ids, Stores.Clock, signal);
        Blobs = new CountingBlobStore(Stores.Blobs);
        Artifacts = new(Blobs, new AlertLog(Stores.Documents), Stores.Clock);
        Alerts = new AlertLog(Stores.Documents);
        Cache = new(Registry, Artifacts, Alerts, heard ?? signal, Stores.Clock, options, Metrics);
        Book = new TallyBook(Documents, Stores.Ids, Metrics);
        Exposures = new ExposureBook(Documents, Stores.Ids, Stores.Clock, Metrics);
        ShadowQueue shadows = new(Book, options, Metrics);
        Predictor = new(Cache, Stores.Ids, Stores.Clock, options, Metrics, new TrafficObserver(Book, shadows, Exposures, Stores.Clock));
        Shadowing = worksOffShadows ? Task.Run(() => WorkOffAsync(shadows)) : Task.CompletedTask;
    }

    public TestStores Stores { get; } = new();

    /// <summary>What the registry keeps its records in.</summary>
    public FailingDocumentStore Documents { get; }

    public DeploymentSignal Signal => signal;

    public MetricsRegistry Metrics { get; } = new();

    public ModelRegistry Registry { get; }

    public CountingBlobStore Blobs { get; }

    public AlertLog Alerts { get; }

    public ModelTraffic Traffic => TrafficAt(Stores.Clock);

    public ModelArtifacts Artifacts { get; }

    public ModelCache Cache { get; }

    public Predictor Predictor { get; }

    /// <summary>Counts of traffic that is compared.</summary>
    public TallyBook Book { get; }

    /// <summary>Who was exposed to A/B tests.</summary>
    public ExposureBook Exposures { get; }

    /// <summary>Ends when what waited for shadows is worked off, after they were stopped.</summary>
    public Task Shadowing { get; }

    /// <summary>Two numbers and a colour give a class; any tree learns it.</summary>
    public static Table Rows()
    {
        StringBuilder csv = new("size,weight,colour,kind\n");
        for (int row = 0; row < 60; row++)
        {
            csv.Append(row % 3 == 0 ? $"{row % 7},1,red,apple\n" : $"{10 + (row % 7)},5,green,melon\n");
        }

        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
    }

    public static TabularModel Classifier()
    {
        Table rows = Rows();
        return TabularTrainer.Fit(new TabularFit(rows, TargetEncoding.Infer(rows, "kind"), LearnerCatalog.Get("decision_tree")), CancellationToken.None);
    }

    public static TabularModel Regressor()
    {
        Table rows = Rows();
        TargetEncoding target = TargetEncoding.Infer(rows, "size", Learning.LearningTask.Regression);
        return TabularTrainer.Fit(new TabularFit(rows, target, LearnerCatalog.Get("linear_regression")), CancellationToken.None);
    }

    public void Dispose()
    {
        StopShadows();
        Shadowing.Wait(TimeSpan.FromSeconds(30));
        stopping.Dispose();
        Cache.Dispose();
        Stores.Dispose();
    }

    public void StopShadows() => stopping.Cancel();

    public string MetricsText()
    {
        PrometheusText text = new();
        Metrics.Write(text);
        return text.ToString();
    }

    public ModelTraffic TrafficAt(TimeProvider time) => new(Documents, Stores.Ids, time, signal);

    public async Task<ModelVersion> RegisterAsync(TabularModel model, string runId, string name = "fruit")
    {
        byte[] file = TabularModelFile.ToBytes(model);
        string path = $"default/{name}/{runId}/model.tym";
        await Stores.Blobs.WriteAsync("artifacts", path, new MemoryStream(file), overwrite: true, default);
        ModelArtifact artifact = new("artifacts", path, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
        ModelRegistration registration = new(
            name,
            model.Task.ToString().ToLowerInvariant(),
            model.Lineage.Learner,
            new Dictionary<string, double>(StringComparer.Ordinal),
            [.. model.Inputs.Columns.Select(column => new ModelInput(column.Name, column.Type.ToString()))],
            new Dictionary<string, double>(StringComparer.Ordinal),
            artifact,
            new("fruit", 1, new string('0', 64), runId, null, model.Target.Column, 1, "test"));
        return await Registry.RegisterAsync(TestStores.Tenant, registration, default);
    }

    public async Task<ModelVersion> DeployAsync(TabularModel model, string runId, string name = "fruit")
    {
        ModelVersion version = await RegisterAsync(model, runId, name);
        await Registry.DeployAsync(TestStores.Tenant, name, version.Sequence, runId, default);
        return version;
    }

    public async Task<JsonElement> PredictAsync(string body, string model = "fruit", PredictFace? face = null, string? key = null, string? version = null)
    {
        ArrayBufferWriter<byte> answer = new();
        await Predictor.PredictAsync(new ModelCall(TestStores.Tenant, model, key, version), face ?? PredictFace.Rows, Encoding.UTF8.GetBytes(body), answer, default);
        return JsonDocument.Parse(answer.WrittenMemory).RootElement;
    }

    private async Task WorkOffAsync(ShadowQueue shadows)
    {
        try
        {
            await shadows.RunAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // How it is stopped.
        }
    }
}
