using System.Security.Cryptography;
using System.Text;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Tests.Registry;

/// <summary>Versions of one model whose files are a few bytes each, and everything that changes them.</summary>
internal sealed class RegistryWorld : IDisposable
{
    public const string Model = "forecaster";

    public static readonly ChangeNote Note = new("ada", "because");

    private readonly DeploymentSignal signal = new();

    public TestStores Stores { get; } = new();

    public ModelRegistry Registry => RegistryOn(Stores.Documents);

    public ModelStages Stages => new(Stores.Documents, Stores.Clock, signal);

    public ModelTraffic Traffic => TrafficOn(Stores.Documents);

    public ModelAliases Aliases => new(Stores.Documents, Stores.Clock);

    public ModelMetadata Metadata => new(Stores.Documents, Stores.Clock);

    public ModelRemoval Removal => RemovalOn(Stores.Documents);

    public static ModelRegistration Registration(string runId, string name = Model) => new(
        name,
        "regression",
        "gradient_boosting",
        new Dictionary<string, double>(StringComparer.Ordinal) { ["trees"] = 100 },
        [new("area", "number")],
        new Dictionary<string, double>(StringComparer.Ordinal) { ["rmse"] = 1.5 },
        new("artifacts", $"default/{runId}/model.tym", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runId))), runId.Length),
        new("sales", 1, new string('0', 64), runId, "pipeline-1", "price", 42, "0.1.0"));

    public void Dispose() => Stores.Dispose();

    public ModelRegistry RegistryOn(IDocumentStore documents) => new(documents, Stores.Ids, Stores.Clock, signal);

    public ModelTraffic TrafficOn(IDocumentStore documents) => new(documents, Stores.Ids, Stores.Clock, signal);

    /// <summary>Sweeps what is left lying: seen once, and again when it has stood for long enough.</summary>
    public async Task<int> SweepAsync()
    {
        ModelRemoval removal = Removal;
        await removal.SweepAsync(default);
        Stores.Clock.Advance(ModelRemoval.SweepAge);
        return await removal.SweepAsync(default);
    }

    public ModelRemoval RemovalOn(IDocumentStore documents) => new(documents, Stores.Blobs, Stores.Clock);

    /// <summary>Registers versions whose file holds the name of their run.</summary>
    public async Task RegisterAsync(params string[] runs)
    {
        foreach (string run in runs)
        {
            ModelRegistration registration = Registration(run);
            await Stores.Blobs.WriteAsync("artifacts", registration.Artifact.Path, new MemoryStream(Encoding.UTF8.GetBytes(run)), overwrite: true, default);
            await Registry.RegisterAsync(TestStores.Tenant, registration, default);
        }
    }

    public Task<Deployment> DeployAsync(int sequence) => Registry.DeployAsync(TestStores.Tenant, Model, sequence, $"deploy-{sequence}", Note, default);

    public Task<ModelVersion> MoveAsync(string label, ModelStage stage, string operation) =>
        Stages.MoveAsync(TestStores.Tenant, Model, label, stage, operation, Note, default);

    public Task<ModelVersion> GetAsync(string label) => Registry.GetVersionAsync(TestStores.Tenant, Model, label, default);

    public async Task<RegisteredModel> HeadAsync() => (await Registry.GetAsync(TestStores.Tenant, Model, default)).Model;

    /// <summary>Divides traffic: <c>("v1", 90), ("v2", 10)</c>.</summary>
    public Task<Deployment> SplitAsync(string operation, params (string Version, double Percent)[] shares) =>
        Traffic.SetAsync(TestStores.Tenant, Model, new TrafficChange { Shares = [.. shares.Select(share => new WantedShare(share.Version, share.Percent))] }, operation, Note, default);

    public Task<Deployment> RollbackAsync(string operation) => Traffic.RollbackAsync(TestStores.Tenant, Model, operation, Note, default);

    /// <summary>Who was what at a moment: the label of the version.</summary>
    public async Task<string> AsOfAsync(string alias, DateTimeOffset? moment) =>
        (await Aliases.FindAsync(TestStores.Tenant, Model, alias, moment, default)).Version.Label;

    /// <summary>The history, oldest first.</summary>
    public async Task<IReadOnlyList<ModelEvent>> EventsAsync()
    {
        ResultPage<ModelEvent> page = await new ModelHistory(Stores.Documents).ListAsync(TestStores.Tenant, Model, PageRequest.Create(PageRequest.MaxLimit, null), default);
        return [.. page.Items.Reverse()];
    }

    public async Task<bool> HasFileAsync(string run) => await Stores.Blobs.StatAsync("artifacts", Registration(run).Artifact.Path, default) is not null;
}
