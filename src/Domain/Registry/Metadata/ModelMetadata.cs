using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Metadata;

/// <summary>Descriptions and tags. Thread safe.</summary>
/// <param name="documents">Where models are kept.</param>
/// <param name="time">The clock.</param>
public sealed class ModelMetadata(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Describes a model.</summary>
    /// <returns>The model as it is then.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>description_too_long</c>, <c>tag_invalid</c>, <c>tags_too_many</c>,
    /// <c>write_contention</c>.
    /// </exception>
    public async Task<RegisteredModel> EditAsync(TenantId tenant, string idOrName, MetadataEdit edit, ChangeNote note, CancellationToken cancellationToken)
    {
        edit.Require();
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        return await Contention.RetryAsync(
            async token =>
            {
                ModelChange change = new(await records.HeadAsync(token), note, time);
                change.Model = change.Model with { Description = edit.Description ?? change.Model.Description, Tags = edit.Apply(change.Model.Tags) };
                change.Record(ModelEventKind.MetadataChanged, sequence: null, from: null, to: null, Subject(edit));
                return await records.CommitAsync(change, token);
            },
            cancellationToken);
    }

    /// <summary>Describes a version.</summary>
    /// <returns>The version as it is then.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>,
    /// <c>description_too_long</c>, <c>tag_invalid</c>, <c>tags_too_many</c>, <c>write_contention</c>.
    /// </exception>
    public async Task<ModelVersion> EditVersionAsync(
        TenantId tenant, string idOrName, string label, MetadataEdit edit, ChangeNote note, CancellationToken cancellationToken)
    {
        edit.Require();
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        return await Contention.RetryAsync(
            async token =>
            {
                Stored<RegisteredModel> head = await records.HeadAsync(token);
                Stored<ModelVersion> version = await records.VersionAsync(head.Value, label, token);
                ModelVersion edited = version.Value with { Description = edit.Description ?? version.Value.Description, Tags = edit.Apply(version.Value.Tags) };
                ModelChange change = new(head, note, time);
                change.Replace(version, edited);
                change.Record(ModelEventKind.MetadataChanged, edited.Sequence, from: null, to: null, Subject(edit));
                await records.CommitAsync(change, token);
                return edited;
            },
            cancellationToken);
    }

    // Which words changed, not what they say: the history tells that somebody edited, the record what holds.
    private static string Subject(MetadataEdit edit) => (edit.Description, edit.Tags.Count) switch
    {
        (null, _) => "tags",
        (_, 0) => "description",
        _ => "description, tags",
    };
}
