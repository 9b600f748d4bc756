using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>Jobs whose stretches are being predicted, in memory: each loaded once however many stretches ask. Thread safe.</summary>
/// <param name="blobs">Where their files are.</param>
/// <param name="time">Says which was used last.</param>
/// <param name="options">How many are kept.</param>
/// <param name="serving">How large all models together may be.</param>
public sealed class PreparedBatches(IBlobStore blobs, TimeProvider time, BatchOptions options, ServingOptions serving)
{
    private readonly SharedLoads<BatchKey, PreparedBatch> loads = new(options.MaxModels, serving.MaxModelBytes);

    /// <exception cref="ProblemException"><c>batch_model_gone</c>, <c>batch_source_gone</c>.</exception>
    /// <exception cref="Learning.LearningException">The model file is none.</exception>
    internal async Task<PreparedBatch> GetAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        PreparedBatch prepared = await loads.GetAsync(key, () => LoadAsync(key, job), cancellationToken);
        prepared.Touch(time.GetTimestamp());
        return prepared;
    }

    /// <summary>The model of a job, read anew.</summary>
    /// <exception cref="ProblemException"><c>batch_model_gone</c>.</exception>
    /// <exception cref="Learning.LearningException">The file is no model's.</exception>
    internal async Task<TabularModel> ReadModelAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken) =>
        TabularModelFile.ReadOwn(await ReadFileAsync(key, job, cancellationToken));

    private async Task<PreparedBatch> LoadAsync(BatchKey key, BatchJob job)
    {
        byte[] file = await ReadFileAsync(key, job, CancellationToken.None);
        await using Stream? stored = await blobs.OpenReadAsync(BatchKeys.Container, BatchKeys.Plan(key), CancellationToken.None);
        BatchPlan? plan = stored is null ? null : await JsonSerializer.DeserializeAsync(stored, BatchJson.Default.BatchPlan, CancellationToken.None);
        return new(job, plan ?? throw BatchProblems.SourceGone(), TabularModelFile.ReadOwn(file), file.Length);
    }

    private async Task<byte[]> ReadFileAsync(BatchKey key, BatchJob job, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(BatchKeys.Container, BatchKeys.Model(key, job.Model.Sha256), cancellationToken);
        using MemoryStream file = new();
        if (stored is not null)
        {
            await stored.CopyToAsync(file, cancellationToken);
        }

        byte[] bytes = file.ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == job.Model.Sha256 ? bytes : throw BatchProblems.ModelGone();
    }
}
