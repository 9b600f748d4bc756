using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Caching;
using Trainyard.Domain.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>A job's plan and model, ready to predict its stretches. Immutable but for when it was last used; thread safe.</summary>
internal sealed class PreparedBatch : ICachedValue
{
    private readonly CsvScorer? csv;
    private readonly NdjsonScorer? ndjson;
    private long lastUsed;

    public PreparedBatch(BatchJob job, BatchPlan plan, TabularModel model, long modelBytes)
    {
        (Plan, Bytes, Layout) = (plan, modelBytes, ResultLayout.Of(job, model));
        if (job.Source.Format == DatasetFormat.Csv)
        {
            csv = new CsvScorer(model, plan.Columns, plan.Delimiter, job.IdColumn, ReadLimits.Default);
        }
        else
        {
            ndjson = new NdjsonScorer(model, job.IdColumn);
        }
    }

    public BatchPlan Plan { get; }

    public ResultLayout Layout { get; }

    /// <summary>Bytes of the model file; the plan is small beside any.</summary>
    public long Bytes { get; }

    public long LastUsed => Volatile.Read(ref lastUsed);

    public void Touch(long timestamp) => Volatile.Write(ref lastUsed, timestamp);

    /// <summary>Predicts whole rows.</summary>
    /// <param name="buffer">Holds them from its beginning on, and <see cref="CsvScorer.Slack"/> bytes behind.</param>
    /// <param name="length">Bytes of the rows.</param>
    /// <param name="rows">Takes what comes of them.</param>
    /// <param name="cancellationToken">Observed every few hundred rows.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="Learning.LearningException">The bytes are not what the plan says.</exception>
    public int Score(byte[] buffer, int length, IScoredRows rows, CancellationToken cancellationToken) =>
        csv?.Score(buffer, length, rows, cancellationToken) ?? ndjson!.Score(buffer.AsSpan(0, length), rows, cancellationToken);
}
