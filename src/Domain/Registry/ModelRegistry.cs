using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry;

/// <summary>Models, their versions, and which version is deployed. Thread safe; every change is one commit.</summary>
public sealed class ModelRegistry(IDocumentStore documents, IIdSource ids, TimeProvider time, DeploymentSignal signal)
{
    /// <summary>Makes a version of a trained model.</summary>
    /// <returns>The version; the one that is there when this run registered before.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>write_contention</c>, <c>operation_withdrawn</c> (see <see cref="SealRegistrationAsync"/>).</exception>
    public Task<ModelVersion> RegisterAsync(TenantId tenant, ModelRegistration registration, CancellationToken cancellationToken)
    {
        ResourceName.Require(registration.ModelName, "model_name");
        return Contention.RetryAsync(token => RegisterOnceAsync(tenant, registration, token), cancellationToken);
    }

    /// <summary>Models by name.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<ModelOverview>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken)
    {
        ResultPage<ModelPointer> pointers = await documents.ReadPageAsync(RegistryKeys.Names(tenant), page, RegistryJson.Default.ModelPointer, cancellationToken);
        ModelOverview?[] found = await Task.WhenAll(pointers.Items.Select(pointer => TryGetByNameAsync(tenant, pointer.Name, cancellationToken)));
        return new([.. found.OfType<ModelOverview>()], pointers.Continuation);
    }

    /// <summary>A model by its id or name.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>.</exception>
    public async Task<ModelOverview> GetAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        ResourceName.Require(idOrName, "model");
        return await TryGetByNameAsync(tenant, idOrName, cancellationToken)
            ?? await TryGetByIdAsync(tenant, idOrName, cancellationToken)
            ?? throw RegistryProblems.ModelNotFound(idOrName);
    }

    /// <summary>A version by sequence number (<c>v5</c>) or semantic version (<c>1.4.0</c>).</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_version_not_found</c>.</exception>
    public async Task<ModelVersion> GetVersionAsync(TenantId tenant, string idOrName, string version, CancellationToken cancellationToken)
    {
        ResourceName.Require(version, "version");
        RegisteredModel model = (await GetAsync(tenant, idOrName, cancellationToken)).Model;
        ModelVersion? found = null;
        if (ModelVersion.TryParseLabel(version, out int sequence))
        {
            found = (await ReadVersionAsync(tenant, model.Name, sequence, cancellationToken))?.Value;
        }
        else if (SemanticVersion.TryParse(version, out SemanticVersion semantic))
        {
            found = await FindAsync(tenant, model.Name, semantic, cancellationToken);
        }

        return found ?? throw RegistryProblems.VersionNotFound(model.Name, version);
    }

    /// <summary>Versions, newest first.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<ModelVersion>> VersionsAsync(TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await GetAsync(tenant, idOrName, cancellationToken)).Model;
        return await documents.ReadPageAsync(RegistryKeys.Versions(tenant, model.Name), page, RegistryJson.Default.ModelVersion, cancellationToken);
    }

    /// <summary>Deployments, newest first.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<Deployment>> DeploymentsAsync(TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken)
    {
        RegisteredModel model = (await GetAsync(tenant, idOrName, cancellationToken)).Model;
        return await documents.ReadPageAsync(RegistryKeys.Deployments(tenant, model.Name), page, RegistryJson.Default.Deployment, cancellationToken);
    }

    /// <summary>The version that a run registered; null when it registered none.</summary>
    public async Task<ModelVersion?> FindByRunAsync(TenantId tenant, string modelName, string runId, CancellationToken cancellationToken) =>
        await RunPointerAsync(tenant, modelName, runId, cancellationToken) is { } pointer && pointer != NumberPointer.Nothing
            ? (await ReadVersionAsync(tenant, modelName, pointer.Number, cancellationToken))?.Value
            : null;

    /// <summary>Settles what a run registered: from now on it registers nothing. Idempotent.</summary>
    /// <remarks>A registration that is under way at the same time either came first, and is answered, or is refused.</remarks>
    /// <returns>The version that the run registered; null when it registered none, and never will.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>write_contention</c>.</exception>
    public Task<ModelVersion?> SealRegistrationAsync(TenantId tenant, string modelName, string runId, CancellationToken cancellationToken)
    {
        ResourceName.Require(modelName, "model_name");
        return Contention.RetryAsync(
            async token =>
            {
                if (await RunPointerAsync(tenant, modelName, runId, token) is null)
                {
                    DocumentWrite mark = JsonDocuments.Insert(RegistryKeys.Run(runId), NumberPointer.Nothing, RegistryJson.Default.NumberPointer);
                    await documents.WriteAsync(RegistryKeys.Collection, RegistryKeys.Model(tenant, modelName), mark, token);
                }

                return await FindByRunAsync(tenant, modelName, runId, token);
            },
            cancellationToken);
    }

    /// <summary>Deploys a version in place of what was deployed.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="sequence">The version.</param>
    /// <param name="operationId">The run or request; a repeat answers as the first time and changes nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The history entry, which says what was deployed before. When the version is deployed already: the entry that did it.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_version_not_found</c>, <c>write_contention</c>, <c>operation_withdrawn</c>: it was undone.</exception>
    public async Task<Deployment> DeployAsync(TenantId tenant, string idOrName, int sequence, string operationId, CancellationToken cancellationToken)
    {
        string name = (await GetAsync(tenant, idOrName, cancellationToken)).Model.Name;
        Deployments deployments = new(documents, time, tenant, name);
        Deployment deployment = await Contention.RetryAsync(token => deployments.DeployOnceAsync(sequence, operationId, token), cancellationToken);
        signal.Raise();
        return deployment;
    }

    /// <summary>Takes back what an operation deployed, unless something else was deployed since, and keeps it from deploying later. Idempotent.</summary>
    /// <remarks>What was deployed before is deployed again; of deployments that were undone themselves, the one before them.</remarks>
    /// <returns>The history entry that took it back; null when there was nothing to take back.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>write_contention</c>.</exception>
    public async Task<Deployment?> UndoDeploymentAsync(TenantId tenant, string idOrName, string operationId, CancellationToken cancellationToken)
    {
        string name = (await GetAsync(tenant, idOrName, cancellationToken)).Model.Name;
        Deployments deployments = new(documents, time, tenant, name);
        Deployment? undone = await Contention.RetryAsync(token => deployments.UndoOnceAsync(operationId, token), cancellationToken);
        signal.Raise();
        return undone;
    }

    private static SemanticVersion Next(ModelVersion? latest, ModelRegistration registration)
    {
        if (latest is null)
        {
            return SemanticVersion.Initial;
        }

        bool sameForCallers = latest.Task == registration.Task
            && latest.Lineage.TargetColumn == registration.Lineage.TargetColumn
            && latest.Inputs.SequenceEqual(registration.Inputs);
        return sameForCallers ? latest.Version.NextMinor : latest.Version.NextMajor;
    }

    private async Task<ModelVersion> RegisterOnceAsync(TenantId tenant, ModelRegistration registration, CancellationToken cancellationToken)
    {
        string name = registration.ModelName;
        string run = registration.Lineage.RunId;
        if (await RunPointerAsync(tenant, name, run, cancellationToken) is not null)
        {
            return await FindByRunAsync(tenant, name, run, cancellationToken) ?? throw RegistryProblems.Withdrawn(run);
        }

        ModelPointer pointer = await PointToAsync(tenant, name, cancellationToken);
        Stored<RegisteredModel>? head = await ReadHeadAsync(tenant, name, cancellationToken);
        ModelVersion? latest = head is null ? null : (await ReadVersionAsync(tenant, name, head.Value.LatestSequence, cancellationToken))?.Value;
        ModelVersion version = Describe(pointer, head?.Value, latest, registration);
        RegisteredModel model = head is null
            ? new(pointer.Id, name, version.CreatedAt, version.CreatedAt, version.Sequence, DeployedSequence: null, DeploymentCount: 0)
            : head.Value with { LatestSequence = version.Sequence, UpdatedAt = version.CreatedAt };
        DocumentWrite[] writes =
        [
            JsonDocuments.InsertOrReplace(RegistryKeys.Head, model, head, RegistryJson.Default.RegisteredModel),
            JsonDocuments.Insert(RegistryKeys.Version(version.Sequence), version, RegistryJson.Default.ModelVersion),
            JsonDocuments.Insert(RegistryKeys.Run(run), new NumberPointer(version.Sequence), RegistryJson.Default.NumberPointer),
        ];
        await documents.CommitAsync(RegistryKeys.Collection, RegistryKeys.Model(tenant, name), writes, cancellationToken);
        return version;
    }

    private ModelVersion Describe(ModelPointer pointer, RegisteredModel? model, ModelVersion? latest, ModelRegistration registration) => new()
    {
        ModelId = pointer.Id,
        ModelName = pointer.Name,
        Sequence = (model?.LatestSequence ?? 0) + 1,
        Version = Next(latest, registration),
        Stage = registration.Stage,
        Task = registration.Task,
        Learner = registration.Learner,
        Settings = registration.Settings,
        Inputs = registration.Inputs,
        Metrics = registration.Metrics,
        Artifact = registration.Artifact,
        Lineage = registration.Lineage,
        CreatedAt = time.GetUtcNow(),
    };

    // Written before the model itself: a crash between the two leaves a pointer to nothing, which lists skip and the next
    // registration completes.
    private async Task<ModelPointer> PointToAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        string index = RegistryKeys.Index(tenant);
        Stored<ModelPointer>? known = await documents.ReadAsync(RegistryKeys.Collection, index, RegistryKeys.ByName(name), RegistryJson.Default.ModelPointer, cancellationToken);
        if (known is not null)
        {
            return known.Value;
        }

        ModelPointer pointer = new(ids.NewId(), name);
        DocumentWrite[] writes =
        [
            JsonDocuments.Insert(RegistryKeys.ByName(name), pointer, RegistryJson.Default.ModelPointer),
            JsonDocuments.Insert(RegistryKeys.ById(pointer.Id), pointer, RegistryJson.Default.ModelPointer),
        ];
        await documents.CommitAsync(RegistryKeys.Collection, index, writes, cancellationToken);
        return pointer;
    }

    private async Task<ModelOverview?> TryGetByIdAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        Stored<ModelPointer>? pointer = await documents.ReadAsync(
            RegistryKeys.Collection, RegistryKeys.Index(tenant), RegistryKeys.ById(id), RegistryJson.Default.ModelPointer, cancellationToken);
        return pointer is null ? null : await TryGetByNameAsync(tenant, pointer.Value.Name, cancellationToken);
    }

    private async Task<ModelOverview?> TryGetByNameAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        if (await ReadHeadAsync(tenant, name, cancellationToken) is not { Value: var model })
        {
            return null;
        }

        int shown = model.DeployedSequence ?? model.LatestSequence;
        Stored<ModelVersion>? version = await ReadVersionAsync(tenant, name, shown, cancellationToken);
        return version is null ? null : new ModelOverview(model, version.Value);
    }

    private async Task<ModelVersion?> FindAsync(TenantId tenant, string name, SemanticVersion semantic, CancellationToken cancellationToken)
    {
        await foreach (Stored<ModelVersion> version in documents.ReadAllAsync(RegistryKeys.Versions(tenant, name), RegistryJson.Default.ModelVersion, cancellationToken))
        {
            if (version.Value.Version == semantic)
            {
                return version.Value;
            }
        }

        return null;
    }

    private async Task<NumberPointer?> RunPointerAsync(TenantId tenant, string modelName, string runId, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(
            RegistryKeys.Collection, RegistryKeys.Model(tenant, modelName), RegistryKeys.Run(runId), RegistryJson.Default.NumberPointer, cancellationToken))?.Value;

    private Task<Stored<RegisteredModel>?> ReadHeadAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        documents.ReadAsync(RegistryKeys.Collection, RegistryKeys.Model(tenant, name), RegistryKeys.Head, RegistryJson.Default.RegisteredModel, cancellationToken);

    private Task<Stored<ModelVersion>?> ReadVersionAsync(TenantId tenant, string name, int sequence, CancellationToken cancellationToken) =>
        documents.ReadAsync(RegistryKeys.Collection, RegistryKeys.Model(tenant, name), RegistryKeys.Version(sequence), RegistryJson.Default.ModelVersion, cancellationToken);
}
