using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.Import;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Registry.Uploads;

/// <summary>Registers model files that were made elsewhere: <c>.tym</c>, XGBoost's JSON, and ONNX tree ensembles. Thread safe.</summary>
/// <remarks>What a file is, its bytes say; it is read whole, and refused before anything is stored, by whatever is wrong with it.</remarks>
/// <param name="documents">Where models are kept.</param>
/// <param name="blobs">Receives the files.</param>
/// <param name="time">The clock.</param>
/// <param name="registry">Receives the versions.</param>
public sealed class ModelUploads(IDocumentStore documents, IBlobStore blobs, TimeProvider time, ModelRegistry registry)
{
    /// <summary>Bytes of a file at most; one that is read takes some four times as much memory.</summary>
    public const int MaxBytes = ImportOptions.DefaultMaximumBytes;

    private const string Container = "artifacts";

    private readonly Leftovers leftovers = new(documents, time);

    /// <summary>Registers a file as the next version of a model.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="upload">What is said of it.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="operationId">A repeat under the same one answers the version that it made.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>stage_invalid</c>, <c>upload_option_unused</c>, <c>description_too_long</c>, <c>tag_invalid</c>, <c>tags_too_many</c>,
    /// <c>write_contention</c>; <c>operation_withdrawn</c>: it was cleared away as one that broke off.
    /// </exception>
    /// <exception cref="LearningException">
    /// <c>model_import_invalid</c>, <c>model_import_unsupported</c>, <c>option_out_of_range</c>, <c>schema_invalid</c>, <c>target_invalid</c>,
    /// <c>model_file_too_large</c>, or as of <see cref="TabularModelFile.Read(ReadOnlyMemory{byte}, CancellationToken)"/>.
    /// </exception>
    public async Task<ModelVersion> RegisterAsync(
        TenantId tenant, ModelUpload upload, ReadOnlyMemory<byte> file, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        RequireSaid(upload);
        ReceivedFile received = ReceivedFile.Read(file, upload);

        // By the operation, so that each path is only ever written with the same bytes, and no other version refers to it.
        string path = $"{tenant.Value}/uploads/{upload.ModelName}/{operationId}/model{TabularModelFile.Extension}";
        Stored<Leftover> mark = await leftovers.MarkAsync(tenant, upload.ModelName, new LeftoverUpload(operationId, Container, path), cancellationToken);
        ArraySegment<byte> kept = MemoryMarshal.TryGetArray(received.Kept, out ArraySegment<byte> whole) ? whole : received.Kept.ToArray();
        using MemoryStream content = new(kept.Array!, kept.Offset, kept.Count, writable: false);
        await blobs.WriteAsync(Container, path, content, overwrite: true, cancellationToken);
        ModelArtifact artifact = new(Container, path, Hash(received.Kept.Span), received.Kept.Length);
        ModelSource source = new(received.Format, Hash(file.Span), received.Lineage.LibraryVersion) { Uri = upload.Uri, RunId = upload.RunId, RunLink = upload.RunLink };
        ModelVersion version = await registry.RegisterAsync(tenant, Describe(upload, received, artifact, source, operationId, note), cancellationToken);
        await leftovers.UnmarkAsync(mark, cancellationToken);
        return version;
    }

    /// <summary>Registers a version whose file stays where it is: it can be listed, aliased and moved, and not deployed.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="upload">What is said of it, its address among it.</param>
    /// <param name="operationId">A repeat under the same one answers the version that it made.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>stage_invalid</c>, <c>description_too_long</c>, <c>tag_invalid</c>, <c>tags_too_many</c>, <c>write_contention</c>.</exception>
    public Task<ModelVersion> ReferAsync(TenantId tenant, ModelUpload upload, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        RequireSaid(upload);
        ModelSource source = new(ModelSource.Reference, Sha256: string.Empty, MadeBy: string.Empty) { Uri = upload.Uri, RunId = upload.RunId, RunLink = upload.RunLink };
        ModelRegistration registration = new(
            upload.ModelName,
            ModelSource.Reference,
            ModelSource.Reference,
            ReadOnlyDictionary<string, double>.Empty,
            Inputs: [],
            upload.Metrics,
            ModelArtifact.Elsewhere,
            Lineage(operationId, upload.Target ?? string.Empty, seed: 0, source))
        {
            Stage = upload.Stage, Note = note, Description = upload.Description, Tags = upload.Tags,
        };
        return registry.RegisterAsync(tenant, registration, cancellationToken);
    }

    private static void RequireSaid(ModelUpload upload)
    {
        ResourceName.Require(upload.ModelName, "model");
        MetadataEdit edit = new() { Description = upload.Description, Tags = upload.Tags.ToDictionary(tag => tag.Key, string? (tag) => tag.Value, StringComparer.Ordinal) };
        edit.Require();
        edit.Apply(ReadOnlyDictionary<string, string>.Empty);
        RequireStage(upload.Stage);
    }

    private static ModelLineage Lineage(string operationId, string target, ulong seed, ModelSource source) =>
        new(DatasetName: null, DatasetVersion: null, DatasetSha256: null, operationId, PipelineId: null, target, seed, source.MadeBy) { Source = source };

    private static ModelRegistration Describe(
        ModelUpload upload, ReceivedFile received, ModelArtifact artifact, ModelSource source, string operationId, ChangeNote note) => new(
        upload.ModelName,
        received.Task,
        received.Lineage.Learner,
        received.Lineage.Settings,
        received.Inputs,
        upload.Metrics,
        artifact,
        Lineage(operationId, received.TargetColumn, received.Lineage.Seed, source))
    {
        Stage = upload.Stage, Note = note, Description = upload.Description, Tags = upload.Tags,
    };

    private static void RequireStage(ModelStage stage)
    {
        if (stage is not (ModelStage.Draft or ModelStage.Staging))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Malformed, "stage_invalid", "A version begins in draft or staging; it comes to production by a deployment.", "stage"));
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
