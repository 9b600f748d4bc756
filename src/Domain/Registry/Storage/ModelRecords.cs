using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Storage;

/// <summary>Reads and commits the records of one model. Thread safe.</summary>
internal sealed class ModelRecords(IDocumentStore documents, TenantId tenant, string name)
{
    private readonly string partition = RegistryKeys.Model(tenant, name);

    public TenantId Tenant => tenant;

    public string Name => name;

    /// <summary>The records of a model by its id or name; of one that was deleted too, as <see cref="HeadAsync"/> tells.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>.</exception>
    public static async Task<ModelRecords> OpenAsync(IDocumentStore documents, TenantId tenant, string idOrName, CancellationToken cancellationToken) =>
        new(documents, tenant, (await OpenHeadAsync(documents, tenant, idOrName, cancellationToken)).Value.Name);

    /// <summary>A model by its id or name, deleted or not; by name it is one read.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>.</exception>
    public static async Task<Stored<RegisteredModel>> OpenHeadAsync(IDocumentStore documents, TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        ResourceName.Require(idOrName, "model");
        if (await new ModelRecords(documents, tenant, idOrName).FindHeadAsync(cancellationToken) is { } byName)
        {
            return byName;
        }

        Stored<ModelPointer>? pointer = await documents.ReadAsync(
            RegistryKeys.Collection, RegistryKeys.Index(tenant), RegistryKeys.ById(idOrName), RegistryJson.Default.ModelPointer, cancellationToken);
        Stored<RegisteredModel>? byId = pointer is null ? null : await new ModelRecords(documents, tenant, pointer.Value.Name).FindHeadAsync(cancellationToken);
        return byId ?? throw RegistryProblems.ModelNotFound(idOrName);
    }

    public Task<Stored<RegisteredModel>?> FindHeadAsync(CancellationToken cancellationToken) =>
        documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Head, RegistryJson.Default.RegisteredModel, cancellationToken);

    /// <exception cref="ProblemException"><c>model_not_found</c>, <c>model_deleted</c>.</exception>
    public async Task<Stored<RegisteredModel>> HeadAsync(CancellationToken cancellationToken)
    {
        Stored<RegisteredModel> head = await FindHeadAsync(cancellationToken) ?? throw RegistryProblems.ModelNotFound(name);
        return head.Value.Deletion is { } deletion ? throw RegistryProblems.ModelDeleted(name, deletion) : head;
    }

    public Task<Stored<ModelVersion>?> FindVersionAsync(int sequence, CancellationToken cancellationToken) =>
        documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Version(sequence), RegistryJson.Default.ModelVersion, cancellationToken);

    /// <exception cref="ProblemException"><c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<Stored<ModelVersion>> VersionAsync(int sequence, CancellationToken cancellationToken)
    {
        Stored<ModelVersion> version = await FindVersionAsync(sequence, cancellationToken) ?? throw RegistryProblems.VersionNotFound(name, ModelVersion.LabelOf(sequence));
        return version.Value.Deletion is { } deletion ? throw RegistryProblems.VersionDeleted(version.Value, deletion) : version;
    }

    /// <summary>The version that a label means: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<Stored<ModelVersion>> VersionAsync(RegisteredModel model, string label, CancellationToken cancellationToken) =>
        await VersionAsync(await SequenceAsync(model, label, cancellationToken), cancellationToken);

    /// <summary>The sequence number of the version that a label means, whether or not that was deleted.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_version_not_found</c>.</exception>
    public async Task<int> SequenceAsync(RegisteredModel model, string label, CancellationToken cancellationToken)
    {
        ResourceName.Require(label, "version");
        int? found = ModelVersion.TryParseLabel(label, out int sequence) ? sequence
            : SemanticVersion.TryParse(label, out SemanticVersion semantic) ? await SequenceAsync(semantic, cancellationToken)
            : model.PointedTo(label);
        return found ?? throw RegistryProblems.VersionNotFound(name, label);
    }

    /// <summary>The newest version before one that was not deleted; 0 when there is none.</summary>
    public async Task<int> NewestBeforeAsync(int sequence, CancellationToken cancellationToken)
    {
        await foreach (Stored<ModelVersion> version in VersionsAsync(cancellationToken))
        {
            if (version.Value.Sequence < sequence && version.Value.Deletion is null)
            {
                return version.Value.Sequence;
            }
        }

        return 0;
    }

    /// <summary>Every version, newest first, deleted ones too.</summary>
    public IAsyncEnumerable<Stored<ModelVersion>> VersionsAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(RegistryKeys.Versions(tenant, name), RegistryJson.Default.ModelVersion, cancellationToken);

    public async Task<AliasEntry?> AliasAsync(string alias, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        DocumentQuery query = RegistryKeys.AliasAsOf(tenant, name, alias, asOf) with { PageSize = 1 };
        await foreach (Stored<AliasEntry> entry in documents.ReadAllAsync(query, RegistryJson.Default.AliasEntry, cancellationToken))
        {
            return entry.Value;
        }

        return null;
    }

    public async Task<NumberPointer?> PointerAsync(string row, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(RegistryKeys.Collection, partition, row, RegistryJson.Default.NumberPointer, cancellationToken))?.Value;

    public async Task<Deployment> DeploymentAsync(int number, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(RegistryKeys.Collection, partition, RegistryKeys.Deployment(number), RegistryJson.Default.Deployment, cancellationToken))?.Value
        ?? throw new InvalidDataException($"Deployment {number} of model '{name}' is missing from its own history.");

    public async Task<RegisteredModel> CommitAsync(ModelChange change, CancellationToken cancellationToken)
    {
        await CommitAsync(change.Writes(), cancellationToken);
        return change.Model;
    }

    public Task CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        documents.CommitAsync(RegistryKeys.Collection, partition, writes, cancellationToken);

    private async Task<int?> SequenceAsync(SemanticVersion semantic, CancellationToken cancellationToken)
    {
        await foreach (Stored<ModelVersion> version in VersionsAsync(cancellationToken))
        {
            if (version.Value.Version == semantic)
            {
                return version.Value.Sequence;
            }
        }

        return null;
    }
}
