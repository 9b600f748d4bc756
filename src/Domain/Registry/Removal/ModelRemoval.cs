using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Removal;

/// <summary>Deletes versions and models. Records stay, with who and why; model files go. Thread safe.</summary>
/// <remarks>
/// The deletion is one commit, after which nobody finds the version. Then its file is removed, unless another version refers to
/// it, and the record says so. A crash in between leaves a mark by which the next deletion or <see cref="SweepAsync"/> goes on.
/// </remarks>
/// <param name="documents">Where models are kept.</param>
/// <param name="blobs">Where their files are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="remains">What others keep of models; null for nothing.</param>
public sealed class ModelRemoval(IDocumentStore documents, IBlobStore blobs, TimeProvider time, IEnumerable<IModelRemains>? remains = null)
{
    private readonly Leftovers leftovers = new(documents, time);
    private readonly Sightings sightings = new(time);

    /// <summary>How long a mark must have stood before a sweep takes it up: far longer than a deletion takes, so that it meets none under way.</summary>
    public static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(10);

    /// <summary>Deletes a version; of one that is deleted already, it removes what is left.</summary>
    /// <returns>The version with its tombstone.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>; <c>model_version_in_use</c>: it is
    /// deployed, has a share of the traffic, or an alias points to it; <c>write_contention</c>.
    /// </exception>
    public async Task<ModelVersion> DeleteVersionAsync(TenantId tenant, string idOrName, string label, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        RegisteredModel model = (await records.HeadAsync(cancellationToken)).Value;
        int sequence = await records.SequenceAsync(model, label, cancellationToken);
        Stored<Leftover> mark = await leftovers.MarkAsync(tenant, records.Name, cancellationToken);
        await Contention.RetryAsync(token => DeleteVersionOnceAsync(records, sequence, note, token), cancellationToken);
        await FinishAsync(records, mark, cancellationToken);
        return (await records.FindVersionAsync(sequence, cancellationToken))!.Value;
    }

    /// <summary>Deletes a model with its versions and aliases; of one that is deleted already, it removes what is left.</summary>
    /// <returns>What stays of it.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>; <c>model_in_use</c>: a version is deployed; <c>write_contention</c>.</exception>
    public async Task<Deletion> DeleteModelAsync(TenantId tenant, string idOrName, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        Stored<Leftover> mark = await leftovers.MarkAsync(tenant, records.Name, cancellationToken);
        Deletion deletion = await Contention.RetryAsync(token => DeleteModelOnceAsync(records, note, token), cancellationToken);
        await FinishAsync(records, mark, cancellationToken);
        return deletion;
    }

    /// <summary>
    /// Completes what a crash interrupted, of every tenant: deletions, and uploads whose file came before their version.
    /// Repeatable, and to be repeated: a sweep takes up what earlier ones of this object have seen, or what is a day old.
    /// </summary>
    /// <returns>Marks that were gone through.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        int swept = 0;
        using Sightings.Round round = sightings.Begin();
        await foreach (Stored<Leftover> mark in leftovers.AllAsync(cancellationToken))
        {
            if (round.HasStood(mark, SweepAge, mark.Value.At) && TenantId.TryParse(mark.Value.Tenant, out TenantId? tenant))
            {
                await FinishAsync(new(documents, tenant, mark.Value.ModelName), mark, cancellationToken);
                swept++;
            }
        }

        return swept;
    }

    private async Task<bool> DeleteVersionOnceAsync(ModelRecords records, int sequence, ChangeNote note, CancellationToken cancellationToken)
    {
        Stored<RegisteredModel> head = await records.HeadAsync(cancellationToken);
        Stored<ModelVersion> version = await records.FindVersionAsync(sequence, cancellationToken)
            ?? throw RegistryProblems.VersionNotFound(records.Name, ModelVersion.LabelOf(sequence));
        if (version.Value.Deletion is not null)
        {
            return false;
        }

        RequireUnused(head.Value, version.Value);
        ModelChange change = new(head, note, time);
        change.Replace(version, version.Value with { Deletion = change.Deletion });
        change.Record(ModelEventKind.VersionDeleted, sequence, version.Value.Label, to: null);
        if (head.Value.LatestSequence == sequence)
        {
            int latest = await records.NewestBeforeAsync(sequence, cancellationToken);
            change.Model = change.Model with { LatestSequence = latest, LastSequence = head.Value.NextSequence - 1 };
            change.Point(AliasName.Latest, latest == 0 ? null : latest);
        }

        await records.CommitAsync(change, cancellationToken);
        return true;
    }

    private async Task<Deletion> DeleteModelOnceAsync(ModelRecords records, ChangeNote note, CancellationToken cancellationToken)
    {
        Stored<RegisteredModel> head = await records.FindHeadAsync(cancellationToken) ?? throw RegistryProblems.ModelNotFound(records.Name);
        if (head.Value.Deletion is { } done)
        {
            return done;
        }

        if (head.Value.DeployedSequence is { } deployed)
        {
            throw RegistryProblems.ModelInUse(records.Name, deployed);
        }

        ModelChange change = new(head, note, time);
        change.Record(ModelEventKind.ModelDeleted, sequence: null, from: null, to: null);
        foreach (string alias in head.Value.Aliases.Keys.Append(AliasName.Latest))
        {
            change.Point(alias, sequence: null);
        }

        change.Model = change.Model with
        {
            Deletion = change.Deletion,
            LatestSequence = 0,
            LastSequence = head.Value.NextSequence - 1,
            Aliases = new Dictionary<string, int>(StringComparer.Ordinal),

            // Who brings the name back has not asked for a log; marks of personal data stay, which is the safe side.
            Traffic = change.Model.Traffic with { LogRate = 0 },
        };
        await records.CommitAsync(change, cancellationToken);
        return change.Deletion;
    }

    private static void RequireUnused(RegisteredModel model, ModelVersion version)
    {
        if (model.DeployedSequence == version.Sequence)
        {
            throw RegistryProblems.InUse(version, "deleted while it is deployed; deploy another version or move it to archived first");
        }

        if (TrafficUse.Of(model, version.Sequence) is { } use)
        {
            throw RegistryProblems.InUse(version, $"deleted while {use}; change the traffic first");
        }

        if (model.AliasesOf(version.Sequence) is { Count: > 0 } aliases)
        {
            throw RegistryProblems.InUse(version, $"deleted while {string.Join(", ", aliases.Select(alias => $"'{alias}'"))} points to it; remove the alias or point it elsewhere first");
        }
    }

    private async Task FinishAsync(ModelRecords records, Stored<Leftover> mark, CancellationToken cancellationToken)
    {
        await Contention.RetryAsync(
            async token =>
            {
                await (mark.Value.Upload is { } upload ? WithdrawAsync(records, upload, token) : FinishOnceAsync(records, token));
                return true;
            },
            cancellationToken);
        await leftovers.UnmarkAsync(mark, cancellationToken);
    }

    // Settled before the file goes: an upload that is repeated at this moment must not come to name a file that is gone.
    private async Task WithdrawAsync(ModelRecords records, LeftoverUpload upload, CancellationToken cancellationToken)
    {
        if (await ModelRegistrar.SealOnceAsync(records, upload.OperationId, cancellationToken) is null)
        {
            await blobs.DeleteAsync(upload.Container, upload.Path, cancellationToken);
        }
    }

    private async Task FinishOnceAsync(ModelRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindHeadAsync(cancellationToken) is { Value.Deletion: { } deletion })
        {
            await Tombstones.WriteAsync(records, deletion, cancellationToken);
            foreach (IModelRemains others in remains ?? [])
            {
                await others.RemoveAsync(records.Tenant, records.Name, cancellationToken);
            }
        }

        List<Stored<ModelVersion>> versions = [];
        await foreach (Stored<ModelVersion> version in records.VersionsAsync(cancellationToken))
        {
            versions.Add(version);
        }

        HashSet<(string, string)> needed = [.. versions.Where(version => version.Value.Deletion is null).Select(version => Place(version.Value))];
        foreach (Stored<ModelVersion> version in versions.Where(version => version.Value.Deletion is { ArtifactRemoved: false }))
        {
            if (version.Value.Artifact != ModelArtifact.Elsewhere && !needed.Contains(Place(version.Value)))
            {
                await blobs.DeleteAsync(version.Value.Artifact.Container, version.Value.Artifact.Path, cancellationToken);
            }

            await Tombstones.ReplaceAsync(records, version, version.Value.Deletion! with { ArtifactRemoved = true }, cancellationToken);
        }
    }

    private static (string Container, string Path) Place(ModelVersion version) => (version.Artifact.Container, version.Artifact.Path);
}
