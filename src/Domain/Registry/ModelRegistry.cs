using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry;

/// <summary>Models, their versions, and which version is deployed. Thread safe; every change is one commit.</summary>
public sealed class ModelRegistry(IDocumentStore documents, IIdSource ids, TimeProvider time, DeploymentSignal signal)
{
    private readonly ModelRegistrar registrar = new(documents, ids, time);

    /// <summary>Makes a model without a version. A model that was deleted is revived by it.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="name">Its name.</param>
    /// <param name="edit">What is said of it.</param>
    /// <param name="operationId">A repeat under the same one finds the model that it made.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_exists</c>, <c>description_too_long</c>, <c>tag_invalid</c>, <c>tags_too_many</c>, <c>write_contention</c>.
    /// </exception>
    public Task<RegisteredModel> CreateAsync(
        TenantId tenant, string name, MetadataEdit edit, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ResourceName.Require(name, "name");
        edit.Require();
        return Contention.RetryAsync(token => registrar.CreateOnceAsync(tenant, name, edit, operationId, note, token), cancellationToken);
    }

    /// <summary>Makes a version of a trained model. A model that was deleted is revived by it.</summary>
    /// <returns>The version; the one that is there when this run registered before.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>write_contention</c>, <c>operation_withdrawn</c> (see <see cref="SealRegistrationAsync"/>).</exception>
    public Task<ModelVersion> RegisterAsync(TenantId tenant, ModelRegistration registration, CancellationToken cancellationToken)
    {
        ResourceName.Require(registration.ModelName, "model_name");
        return Contention.RetryAsync(token => registrar.RegisterOnceAsync(tenant, registration, token), cancellationToken);
    }

    /// <summary>Models by name, without deleted ones.</summary>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>.</exception>
    public Task<ResultPage<ModelOverview>> ListAsync(TenantId tenant, PageRequest page, CancellationToken cancellationToken) =>
        ListAsync(tenant, ModelFilter.All, page, cancellationToken);

    /// <summary>Models by name that a filter lets through, without deleted ones.</summary>
    /// <returns>A page that may have fewer models than were asked for while more follow.</returns>
    /// <exception cref="ProblemException"><c>continuation_invalid</c>, <c>name_invalid</c>.</exception>
    public async Task<ResultPage<ModelOverview>> ListAsync(TenantId tenant, ModelFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        if (filter.NamePrefix is { } prefix)
        {
            ResourceName.Require(prefix, "name");
        }

        ResultPage<ModelPointer> pointers = await documents.ReadPageAsync(
            RegistryKeys.Names(tenant, filter.NamePrefix), page, RegistryJson.Default.ModelPointer, cancellationToken);
        ModelOverview?[] found = await Task.WhenAll(pointers.Items.Select(pointer => OverviewAsync(new(documents, tenant, pointer.Name), cancellationToken)));
        return new([.. found.OfType<ModelOverview>().Where(filter.Lets)], pointers.Continuation);
    }

    /// <summary>A model by its id or name.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>.</exception>
    public async Task<ModelOverview> GetAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        RegisteredModel model = (await records.HeadAsync(cancellationToken)).Value;
        return new(model, await ShownAsync(records, model, cancellationToken));
    }

    /// <summary>A version by sequence number (<c>v5</c>, <c>5</c>), semantic version (<c>1.4.0</c>) or alias.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<ModelVersion> GetVersionAsync(TenantId tenant, string idOrName, string version, CancellationToken cancellationToken)
    {
        ResourceName.Require(version, "version");
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        RegisteredModel model = (await records.HeadAsync(cancellationToken)).Value;
        return (await records.VersionAsync(model, version, cancellationToken)).Value;
    }

    /// <summary>A version, by any of its labels, of a model that was read.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<ModelVersion> GetVersionAsync(TenantId tenant, RegisteredModel model, string version, CancellationToken cancellationToken)
    {
        ResourceName.Require(version, "version");
        return (await new ModelRecords(documents, tenant, model.Name).VersionAsync(model, version, cancellationToken)).Value;
    }

    /// <summary>A model by its id or name, without any of its versions: one read by name.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>.</exception>
    public async Task<RegisteredModel> GetHeadAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        Stored<RegisteredModel> head = await ModelRecords.OpenHeadAsync(documents, tenant, idOrName, cancellationToken);
        return head.Value.Deletion is { } deletion ? throw RegistryProblems.ModelDeleted(head.Value.Name, deletion) : head.Value;
    }

    /// <summary>A version of a model that was read: one read.</summary>
    /// <exception cref="ProblemException"><c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<ModelVersion> GetVersionAsync(TenantId tenant, RegisteredModel model, int sequence, CancellationToken cancellationToken) =>
        (await new ModelRecords(documents, tenant, model.Name).VersionAsync(sequence, cancellationToken)).Value;

    /// <summary>Versions, newest first.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="includeDeleted">Whether deleted versions are listed, and those of a deleted model.</param>
    /// <returns>A page that may have fewer versions than were asked for while more follow.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<ModelVersion>> VersionsAsync(
        TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken, bool includeDeleted = false)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        if (!includeDeleted)
        {
            await records.HeadAsync(cancellationToken);
        }

        ResultPage<ModelVersion> versions = await documents.ReadPageAsync(
            RegistryKeys.Versions(tenant, records.Name), page, RegistryJson.Default.ModelVersion, cancellationToken);
        return includeDeleted ? versions : new([.. versions.Items.Where(version => version.Deletion is null)], versions.Continuation);
    }

    /// <summary>Deployments, newest first.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<Deployment>> DeploymentsAsync(TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        return await documents.ReadPageAsync(RegistryKeys.Deployments(tenant, records.Name), page, RegistryJson.Default.Deployment, cancellationToken);
    }

    /// <summary>A deployment of a model that was read, by its number: one read.</summary>
    internal Task<Deployment> GetDeploymentAsync(TenantId tenant, RegisteredModel model, int number, CancellationToken cancellationToken) =>
        new ModelRecords(documents, tenant, model.Name).DeploymentAsync(number, cancellationToken);

    /// <summary>The version that a run registered, deleted or not; null when it registered none.</summary>
    public Task<ModelVersion?> FindByRunAsync(TenantId tenant, string modelName, string runId, CancellationToken cancellationToken) =>
        ModelRegistrar.FindByRunAsync(new(documents, tenant, modelName), runId, cancellationToken);

    /// <summary>Settles what a run registered: from now on it registers nothing. Idempotent.</summary>
    /// <remarks>A registration that is under way at the same time either came first, and is answered, or is refused.</remarks>
    /// <returns>The version that the run registered; null when it registered none, and never will.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>write_contention</c>.</exception>
    public Task<ModelVersion?> SealRegistrationAsync(TenantId tenant, string modelName, string runId, CancellationToken cancellationToken)
    {
        ResourceName.Require(modelName, "model_name");
        ModelRecords records = new(documents, tenant, modelName);
        return Contention.RetryAsync(token => ModelRegistrar.SealOnceAsync(records, runId, token), cancellationToken);
    }

    /// <summary>Deploys a version in place of what was deployed, by whoever the operation names.</summary>
    /// <returns>As <see cref="DeployAsync(TenantId, string, int, string, ChangeNote, CancellationToken)"/>.</returns>
    /// <exception cref="ProblemException">As <see cref="DeployAsync(TenantId, string, int, string, ChangeNote, CancellationToken)"/>.</exception>
    public Task<Deployment> DeployAsync(TenantId tenant, string idOrName, int sequence, string operationId, CancellationToken cancellationToken) =>
        DeployAsync(tenant, idOrName, sequence, operationId, new ChangeNote(operationId), cancellationToken);

    /// <summary>Deploys a version in place of what was deployed.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="sequence">The version.</param>
    /// <param name="operationId">The run or request; a repeat answers as the first time and changes nothing.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The history entry, which says what was deployed before. When the version is deployed already: the entry that did it.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>;
    /// <c>stage_transition_refused</c>: it is a draft; <c>write_contention</c>; <c>operation_withdrawn</c>: it was undone.
    /// </exception>
    public async Task<Deployment> DeployAsync(
        TenantId tenant, string idOrName, int sequence, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        Deployments deployments = new(await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken), time);
        Deployment deployment = await Contention.RetryAsync(token => deployments.DeployOnceAsync(sequence, operationId, note, token), cancellationToken);
        signal.Raise();
        return deployment;
    }

    /// <summary>Takes back what an operation deployed, unless something else was deployed since, and keeps it from deploying later. Idempotent.</summary>
    /// <remarks>What was deployed before is deployed again; of deployments that were undone themselves, the one before them.</remarks>
    /// <returns>The history entry that took it back; null when there was nothing to take back.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>write_contention</c>.</exception>
    public async Task<Deployment?> UndoDeploymentAsync(TenantId tenant, string idOrName, string operationId, CancellationToken cancellationToken)
    {
        Deployments deployments = new(await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken), time);
        ChangeNote note = new(operationId, "What it had deployed was undone.");
        Deployment? undone = await Contention.RetryAsync(token => deployments.UndoOnceAsync(operationId, note, token), cancellationToken);
        signal.Raise();
        return undone;
    }

    private static async Task<ModelVersion?> ShownAsync(ModelRecords records, RegisteredModel model, CancellationToken cancellationToken)
    {
        int shown = model.DeployedSequence ?? model.LatestSequence;
        return shown == 0 ? null : (await records.FindVersionAsync(shown, cancellationToken))?.Value;
    }

    private static async Task<ModelOverview?> OverviewAsync(ModelRecords records, CancellationToken cancellationToken) =>
        await records.FindHeadAsync(cancellationToken) is { Value: { Deletion: null } model }
            ? new(model, await ShownAsync(records, model, cancellationToken))
            : null;
}
