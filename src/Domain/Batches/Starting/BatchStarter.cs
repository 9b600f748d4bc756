using System.Text.Json;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Storage;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Starts prediction jobs. Thread safe.</summary>
/// <remarks>
/// What cannot work is refused before anything is recorded. Files come first, then the record, then the orchestration: a
/// crash after the first leaves files that <see cref="BatchSweeper"/> removes, one after the second a job that
/// <see cref="BatchKeeper"/> starts.
/// </remarks>
/// <param name="models">Settles on the version.</param>
/// <param name="sources">Finds the rows.</param>
/// <param name="files">Removes what a refusal leaves.</param>
/// <param name="documents">Where jobs are recorded.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">The clock.</param>
public sealed class BatchStarter(ModelReader models, SourceReader sources, BatchFiles files, IDocumentStore documents, BatchOptions options, TimeProvider time)
{
    private readonly BatchStore store = new(documents);

    /// <summary>Starts a job.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Its id; a job that has it already is answered, and started if it was not.</param>
    /// <param name="definition">What is asked for.</param>
    /// <param name="orchestrations">Runs it.</param>
    /// <param name="cancellationToken">Cancels the call, not the job.</param>
    /// <exception cref="ProblemException">
    /// <c>field_required</c>, <c>batch_rows_missing</c>, <c>batch_rows_ambiguous</c>, <c>batch_format_unknown</c>, <c>batch_jobs_too_many</c>,
    /// or those of <see cref="ModelReader"/> and <see cref="SourceReader"/>.
    /// </exception>
    /// <exception cref="Learning.LearningException">The head of the file cannot be read as its format.</exception>
    public async Task<BatchJob> StartAsync(TenantId tenant, string id, BatchDefinition definition, IBatchOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        BatchKey key = new(tenant.Value, id);
        BatchJob job = (await store.FindAsync(tenant, id, cancellationToken))?.Value ?? await RecordAsync(key, definition, cancellationToken);
        if (!job.IsOver)
        {
            await orchestrations.StartAsync(key, cancellationToken);
        }

        return job;
    }

    private async Task<BatchJob> RecordAsync(BatchKey key, BatchDefinition definition, CancellationToken cancellationToken)
    {
        TenantId tenant = key.TenantId;
        (string modelId, ResultFormat format) = Check(definition);
        if ((await store.ActiveAsync(tenant, cancellationToken)).JobIds.Count >= options.MaxActiveJobs)
        {
            // Before the work; recording decides.
            throw BatchProblems.TooManyJobs(options.MaxActiveJobs);
        }

        (ModelVersion version, TabularModel model, byte[] file) = await models.ReadAsync(tenant, modelId, definition.Version, cancellationToken);
        StartedSource source = definition.Instances is { ValueKind: not JsonValueKind.Null } instances
            ? await sources.ReadAsync(key, instances, model, definition.IdColumn, cancellationToken)
            : await sources.ReadAsync(key, definition.DatasetUri!, model, definition.IdColumn, cancellationToken);
        BatchJob job = new()
        {
            Id = key.JobId,
            Model = await models.CopyAsync(key, version, model, file, cancellationToken),
            Source = source.Source,
            Format = format,
            IdColumn = definition.IdColumn,
            Probabilities = definition.Probabilities ?? true,
            TotalItems = source.Rows,
            CreatedAt = time.GetUtcNow(),
        };
        try
        {
            return await store.AddAsync(tenant, job, options.MaxActiveJobs, cancellationToken);
        }
        catch (ProblemException refused) when (refused.Problem.Code == "batch_jobs_too_many")
        {
            await files.RemoveAllAsync(key, cancellationToken);
            throw;
        }
    }

    private static (string ModelId, ResultFormat Format) Check(BatchDefinition definition)
    {
        if (string.IsNullOrWhiteSpace(definition.ModelId))
        {
            throw FieldRequired("model_id", "a model's id or name");
        }

        ResourceName.Require(definition.ModelId, "model_id");
        if (definition.Version is not null)
        {
            ResourceName.Require(definition.Version, "version");
        }

        bool hasInstances = definition.Instances is { ValueKind: not JsonValueKind.Null };
        if (hasInstances && definition.DatasetUri is not null)
        {
            throw BatchProblems.TwoSources();
        }

        if (!hasInstances && definition.DatasetUri is null)
        {
            throw BatchProblems.NoRows("dataset_uri");
        }

        if (definition.IdColumn is { Length: 0 or > BatchDefinition.MaxColumnNameLength })
        {
            throw FieldRequired("id_column", $"the name of a column, of 1 to {BatchDefinition.MaxColumnNameLength} characters");
        }

        ResultFormat format = ResultFormat.Csv;
        return definition.OutputFormat is not { } word || ResultFormats.TryParse(word, out format) ? (definition.ModelId, format) : throw BatchProblems.FormatUnknown(word);
    }

    private static ProblemException FieldRequired(string field, string what) =>
        new(new Problem(ProblemKind.Unprocessable, "field_required", $"'{field}' must be {what}.", field));
}
