using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Aliases;

/// <summary>Names that point to versions, now and at any time before. Thread safe.</summary>
/// <param name="documents">Where models are kept.</param>
/// <param name="time">The clock.</param>
public sealed class ModelAliases(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Points an alias to a version, from whatever it pointed to.</summary>
    /// <returns>The version.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>alias_reserved</c>, <c>aliases_too_many</c>, <c>model_not_found</c>, <c>model_deleted</c>,
    /// <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>write_contention</c>.
    /// </exception>
    public async Task<ModelVersion> SetAsync(
        TenantId tenant, string idOrName, string alias, string label, ChangeNote note, CancellationToken cancellationToken)
    {
        AliasName.RequireFree(alias);
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        return await Contention.RetryAsync(
            async token =>
            {
                Stored<RegisteredModel> head = await records.HeadAsync(token);
                ModelVersion version = (await records.VersionAsync(head.Value, label, token)).Value;
                if (head.Value.PointedTo(alias) != version.Sequence)
                {
                    Require(head.Value, alias);
                    await PointAsync(records, head, alias, version.Sequence, note, token);
                }

                return version;
            },
            cancellationToken);
    }

    /// <summary>Removes an alias; one that is not there stays so.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>alias_reserved</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>write_contention</c>.</exception>
    public async Task RemoveAsync(TenantId tenant, string idOrName, string alias, ChangeNote note, CancellationToken cancellationToken)
    {
        AliasName.RequireFree(alias);
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        await Contention.RetryAsync(
            async token =>
            {
                Stored<RegisteredModel> head = await records.HeadAsync(token);
                return head.Value.PointedTo(alias) is null ? head.Value : await PointAsync(records, head, alias, sequence: null, note, token);
            },
            cancellationToken);
    }

    /// <summary>What an alias points to, or pointed to at a moment; of models and versions that were deleted since, too.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="alias">An alias; <c>production</c> and <c>latest</c> always have their history.</param>
    /// <param name="asOf">The moment; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The version, which may be deleted, and since when the alias pointed to it.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>; <c>alias_not_found</c>: it points, or pointed then, to nothing.</exception>
    public async Task<(AliasEntry Entry, ModelVersion Version)> FindAsync(
        TenantId tenant, string idOrName, string alias, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        ResourceName.Require(alias, "alias");
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        AliasEntry? entry = await records.AliasAsync(alias, asOf ?? DateTimeOffset.MaxValue, cancellationToken);
        return entry?.Sequence is { } sequence && await records.FindVersionAsync(sequence, cancellationToken) is { } version
            ? (entry, version.Value)
            : throw RegistryProblems.AliasNotFound(records.Name, alias, asOf);
    }

    private static void Require(RegisteredModel model, string alias)
    {
        if (model.Aliases.Count >= RegisteredModel.MaxAliases && !model.Aliases.ContainsKey(alias))
        {
            throw RegistryProblems.TooManyAliases(model.Name);
        }
    }

    private async Task<RegisteredModel> PointAsync(
        ModelRecords records, Stored<RegisteredModel> head, string alias, int? sequence, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelChange change = new(head, note, time);
        int? before = head.Value.PointedTo(alias);
        SortedDictionary<string, int> aliases = new(head.Value.Aliases.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        aliases.Remove(alias);
        if (sequence is { } pointed)
        {
            aliases[alias] = pointed;
        }

        change.Model = change.Model with { Aliases = aliases };
        ModelEventKind kind = sequence is null ? ModelEventKind.AliasRemoved : ModelEventKind.AliasSet;
        change.Record(kind, sequence ?? before, Label(before), Label(sequence), alias);
        change.Point(alias, sequence);
        return await records.CommitAsync(change, cancellationToken);
    }

    private static string? Label(int? sequence) => sequence is { } number ? ModelVersion.LabelOf(number) : null;
}
