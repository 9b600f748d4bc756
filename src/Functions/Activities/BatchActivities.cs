using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Activities;

/// <summary>The steps of a prediction job as activities. Durable Task takes each at least once, and each may be taken again.</summary>
/// <param name="planner">Begins jobs.</param>
/// <param name="chunks">Predicts stretches of rows.</param>
/// <param name="ending">Ends jobs.</param>
/// <param name="logger">Told of stretches and jobs that failed.</param>
public sealed partial class BatchActivities(BatchPlanner planner, ChunkPredictor chunks, BatchEnding ending, ILogger<BatchActivities> logger)
{
    /// <summary>What is answered of a job that is gone.</summary>
    private const string Gone = "gone";

    /// <summary>Cuts the rows into stretches.</summary>
    [Function(nameof(BeginBatch))]
    public Task<BatchBeginning> BeginBatch([ActivityTrigger] BatchKey job, CancellationToken cancellationToken) => planner.BeginAsync(For(job), cancellationToken);

    /// <summary>Predicts a stretch.</summary>
    [Function(nameof(PredictChunk))]
    public Task<bool> PredictChunk([ActivityTrigger] ChunkRequest request, CancellationToken cancellationToken) =>
        chunks.PredictAsync(For(request.Job), request.Chunk, cancellationToken);

    /// <summary>Sets a stretch aside.</summary>
    [Function(nameof(SetChunkAside))]
    public Task<bool> SetChunkAside([ActivityTrigger] ChunkRequest request, CancellationToken cancellationToken)
    {
        BatchKey job = For(request.Job);
        BatchFailure failure = request.Failure ?? throw new ArgumentException("A stretch is set aside for a reason.", nameof(request));
        LogSetAside(request.Chunk, job.JobId, failure.Code, failure.Detail);
        return chunks.SetAsideAsync(job, request.Chunk, failure, cancellationToken);
    }

    /// <summary>Puts the results together.</summary>
    [Function(nameof(FinishBatch))]
    public async Task<string> FinishBatch([ActivityTrigger] BatchKey job, CancellationToken cancellationToken) =>
        (await ending.FinishAsync(For(job), cancellationToken))?.ToString() ?? Gone;

    /// <summary>Ends the job without results.</summary>
    [Function(nameof(EndBatch))]
    public async Task<string> EndBatch([ActivityTrigger] EndBatchRequest request, CancellationToken cancellationToken)
    {
        BatchKey job = For(request.Job);
        if (request.Failure is { } failure)
        {
            LogFailed(job.JobId, failure.Code, failure.Detail);
        }

        return (await ending.EndAsync(job, request.Outcome, request.Failure, cancellationToken))?.ToString() ?? Gone;
    }

    // What is logged from here on says for whom.
    private static BatchKey For(BatchKey job)
    {
        InvocationScope.SetTenant(job.Tenant);
        return job;
    }

    [LoggerMessage(EventId = 3300, Level = LogLevel.Error, Message = "Stretch {Chunk} of prediction job {JobId} is set aside ({Code}): {Detail}")]
    private partial void LogSetAside(int chunk, string jobId, string code, string detail);

    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "Prediction job {JobId} failed ({Code}): {Detail}")]
    private partial void LogFailed(string jobId, string code, string detail);
}
