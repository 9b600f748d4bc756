using System.Collections.ObjectModel;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry;

/// <summary>Attempts to make models and versions; whoever calls repeats what lost a write. Thread safe.</summary>
internal sealed class ModelRegistrar(IDocumentStore documents, IIdSource ids, TimeProvider time)
{
    /// <summary>The version that a run registered, deleted or not; null when it registered none.</summary>
    public static async Task<ModelVersion?> FindByRunAsync(ModelRecords records, string runId, CancellationToken cancellationToken) =>
        await records.PointerAsync(RegistryKeys.Run(runId), cancellationToken) is { } pointer && pointer != NumberPointer.Nothing
            ? (await records.FindVersionAsync(pointer.Number, cancellationToken))?.Value
            : null;

    public async Task<RegisteredModel> CreateOnceAsync(
        TenantId tenant, string name, MetadataEdit edit, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelRecords records = new(documents, tenant, name);
        string operation = RegistryKeys.Creation(operationId);
        if (await records.PointerAsync(operation, cancellationToken) is not null)
        {
            return (await records.HeadAsync(cancellationToken)).Value;
        }

        ModelChange change = await BeginAsync(records, tenant, note, cancellationToken);
        if (change.IsOfExisting && change.Model.Deletion is null)
        {
            throw RegistryProblems.ModelExists(name);
        }

        change.Model = change.Model with { Deletion = null, Description = edit.Description, Tags = edit.Apply(ReadOnlyDictionary<string, string>.Empty) };
        change.Record(ModelEventKind.Created, sequence: null, from: null, to: null);
        change.Add(JsonDocuments.Insert(operation, new NumberPointer(change.Model.EventCount), RegistryJson.Default.NumberPointer));
        return await records.CommitAsync(change, cancellationToken);
    }

    public async Task<ModelVersion> RegisterOnceAsync(TenantId tenant, ModelRegistration registration, CancellationToken cancellationToken)
    {
        ModelRecords records = new(documents, tenant, registration.ModelName);
        string run = registration.Lineage.RunId;
        if (await records.PointerAsync(RegistryKeys.Run(run), cancellationToken) is not null)
        {
            return await FindByRunAsync(records, run, cancellationToken) ?? throw RegistryProblems.Withdrawn(run);
        }

        ModelChange change = await BeginAsync(records, tenant, registration.Note ?? new ChangeNote(run), cancellationToken);
        RegisteredModel model = change.Model;
        ModelVersion? last = model.NextSequence == 1 ? null : (await records.FindVersionAsync(model.NextSequence - 1, cancellationToken))?.Value;
        ModelVersion version = Describe(model, last, registration, change.At);
        change.Model = model with
        {
            LatestSequence = version.Sequence,
            LastSequence = version.Sequence,
            Deletion = null,
            PersonalColumns = PersonalColumns.Union(model.PersonalColumns, registration.PersonalColumns),
        };
        change.Add(JsonDocuments.Insert(RegistryKeys.Version(version.Sequence), version, RegistryJson.Default.ModelVersion));
        change.Add(JsonDocuments.Insert(RegistryKeys.Run(run), new NumberPointer(version.Sequence), RegistryJson.Default.NumberPointer));
        change.Record(ModelEventKind.Registered, version.Sequence, from: null, version.Label);
        change.Point(AliasName.Latest, version.Sequence);
        await records.CommitAsync(change, cancellationToken);
        return version;
    }

    public static async Task<ModelVersion?> SealOnceAsync(ModelRecords records, string runId, CancellationToken cancellationToken)
    {
        if (await records.PointerAsync(RegistryKeys.Run(runId), cancellationToken) is null)
        {
            await records.CommitAsync([JsonDocuments.Insert(RegistryKeys.Run(runId), NumberPointer.Nothing, RegistryJson.Default.NumberPointer)], cancellationToken);
        }

        return await FindByRunAsync(records, runId, cancellationToken);
    }

    // Against the last version that ever was, deleted or not, so that a semantic version is never given twice either.
    private static SemanticVersion Next(ModelVersion? last, ModelRegistration registration)
    {
        if (last is null)
        {
            return SemanticVersion.Initial;
        }

        bool sameForCallers = last.Task == registration.Task
            && last.Lineage.TargetColumn == registration.Lineage.TargetColumn
            && last.Inputs.SequenceEqual(registration.Inputs);
        return !sameForCallers ? last.Version.NextMajor
            : registration.Artifact != ModelArtifact.Elsewhere && last.Artifact.Sha256 == registration.Artifact.Sha256 ? last.Version.NextPatch
            : last.Version.NextMinor;
    }

    private static ModelVersion Describe(RegisteredModel model, ModelVersion? last, ModelRegistration registration, DateTimeOffset at) => new()
    {
        ModelId = model.Id,
        ModelName = model.Name,
        Sequence = model.NextSequence,
        Version = Next(last, registration),
        Stage = registration.Stage,
        Task = registration.Task,
        Learner = registration.Learner,
        Settings = registration.Settings,
        Inputs = registration.Inputs,
        Metrics = registration.Metrics,
        Artifact = registration.Artifact,
        Lineage = registration.Lineage with { Parent = model.DeployedSequence ?? model.PointedTo(AliasName.Latest) },
        Description = registration.Description,
        Tags = registration.Tags,
        CreatedAt = at,
    };

    private async Task<ModelChange> BeginAsync(ModelRecords records, TenantId tenant, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelPointer pointer = await PointToAsync(tenant, records.Name, cancellationToken);
        Stored<RegisteredModel>? head = await records.FindHeadAsync(cancellationToken);
        if (head is { Value.Deletion: { } deletion })
        {
            // While the head says so, all its versions are deleted; from then on each must say it itself.
            await Tombstones.WriteAsync(records, deletion, cancellationToken);
        }

        DateTimeOffset now = time.GetUtcNow();
        RegisteredModel model = head?.Value ?? new(pointer.Id, pointer.Name, now, now, LatestSequence: 0, DeployedSequence: null, DeploymentCount: 0);
        return new ModelChange(model, head, note, time);
    }

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
}
