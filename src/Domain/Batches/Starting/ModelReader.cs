using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Artifacts;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Settles on the version that a job predicts with, and gives the job a copy of its file. Thread safe.</summary>
/// <param name="registry">Knows versions.</param>
/// <param name="artifacts">Reads their files.</param>
/// <param name="blobs">Takes the copy.</param>
/// <param name="serving">How large a model may be.</param>
public sealed class ModelReader(ModelRegistry registry, ModelArtifacts artifacts, IBlobStore blobs, ServingOptions serving)
{
    /// <summary>The version that is asked for, or else the one that is deployed.</summary>
    /// <returns>The model, and its file.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>model_not_deployed</c>,
    /// <c>model_corrupt</c>, <c>model_too_large</c>, <c>model_file_elsewhere</c>; <c>instances_unsupported</c>: it foretells a series.
    /// </exception>
    internal async Task<(ModelVersion Version, TabularModel Model, byte[] File)> ReadAsync(TenantId tenant, string idOrName, string? version, CancellationToken cancellationToken)
    {
        ModelVersion found = version is null ? await DeployedAsync(tenant, idOrName, cancellationToken) : await registry.GetVersionAsync(tenant, idOrName, version, cancellationToken);
        if (found.Task == LearningTask.Forecasting.Word())
        {
            throw ServingProblems.RowsUnsupported("model_id");
        }

        if (found.Artifact.Bytes > serving.MaxModelBytes)
        {
            throw ServingProblems.ModelTooLarge(found.ModelName, serving.MaxModelBytes);
        }

        byte[] file = await artifacts.ReadAsync(tenant, found, cancellationToken);
        try
        {
            return (found, TabularModelFile.ReadOwn(file), file);
        }
        catch (LearningException damaged)
        {
            throw RegistryProblems.ModelCorrupt(found, damaged);
        }
    }

    /// <summary>Writes the job's copy, under a name of its content.</summary>
    internal async Task<BatchModel> CopyAsync(BatchKey job, ModelVersion version, TabularModel model, byte[] file, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(file, writable: false);
        await blobs.WriteAsync(BatchKeys.Container, BatchKeys.Model(job, version.Artifact.Sha256), content, overwrite: true, cancellationToken);
        return new(version.ModelId, version.ModelName, version.Sequence, version.Artifact.Sha256, !model.Task.PredictsLabels());
    }

    private async Task<ModelVersion> DeployedAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken) =>
        await registry.GetAsync(tenant, idOrName, cancellationToken) is { Model.DeployedSequence: not null, Version: { } version } ? version : throw RegistryProblems.NotDeployed(idOrName);
}
