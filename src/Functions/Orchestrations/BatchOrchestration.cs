using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Steps;
using Trainyard.Functions.Activities;

namespace Trainyard.Functions.Orchestrations;

/// <summary>Carries out one prediction job: cuts its rows into stretches, has some predicted at a time, and puts the results together.</summary>
/// <remarks>
/// It only sequences. Rows, plan and results are files; an event of its history is some hundred bytes, and after
/// <see cref="ChunksPerHistory"/> stretches it goes on as new, so that no job makes its history long. That a job is no
/// longer wanted is seen by its activities, which look at it before they begin.
/// </remarks>
public sealed class BatchOrchestration
{
    /// <summary>Stretches until the history is begun anew: two events each, so that a replay takes milliseconds.</summary>
    public const int ChunksPerHistory = 200;

    /// <summary>Four attempts, two to eight seconds apart: outlasts a store's restart, not an outage.</summary>
    private static readonly TaskOptions ChunkRetries = TaskOptions.FromRetryPolicy(Policy(4, TimeSpan.FromSeconds(8)));

    /// <summary>Ten attempts over some five minutes, for steps without which nothing can be told of the job.</summary>
    private static readonly TaskOptions BookRetries = TaskOptions.FromRetryPolicy(Policy(10, TimeSpan.FromMinutes(1)));

    /// <summary>Carries out a job.</summary>
    /// <param name="context">Gives the <see cref="BatchWork"/>.</param>
    /// <returns>The word for how the job ended; empty when it goes on as new.</returns>
    [Function(nameof(BatchOrchestration))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        BatchWork work = context.GetInput<BatchWork>() ?? throw new InvalidOperationException("A job's orchestration needs a job.");
        OrchestrationVersion.Of(context);
        try
        {
            if (work.Chunks == 0)
            {
                BatchBeginning beginning = await context.CallActivityAsync<BatchBeginning>(nameof(BatchActivities.BeginBatch), work.Job, BookRetries);
                if (!beginning.Proceed)
                {
                    return await EndAsync(context, new EndBatchRequest(work.Job, BatchStatus.Cancelled, null));
                }

                work = work with { Chunks = beginning.Chunks, Parallelism = beginning.Parallelism };
            }

            if (!await PredictAsync(context, work))
            {
                return await EndAsync(context, new EndBatchRequest(work.Job, BatchStatus.Cancelled, null));
            }

            int next = Math.Min(work.NextChunk + ChunksPerHistory, work.Chunks);
            if (next < work.Chunks)
            {
                context.ContinueAsNew(work with { NextChunk = next });
                return string.Empty;
            }

            return await context.CallActivityAsync<string>(nameof(BatchActivities.FinishBatch), work.Job, BookRetries);
        }
        catch (TaskFailedException failure)
        {
            return await EndAsync(context, new EndBatchRequest(work.Job, BatchStatus.Failed, Describe("batch_step_failed", failure)));
        }
    }

    // Answers false when the job is no longer wanted; whatever was begun is over then.
    private static async Task<bool> PredictAsync(TaskOrchestrationContext context, BatchWork work)
    {
        int end = Math.Min(work.NextChunk + ChunksPerHistory, work.Chunks);
        int next = work.NextChunk;
        bool isWanted = true;
        List<Task<bool>> underWay = [];
        while (underWay.Count > 0 || (next < end && isWanted))
        {
            while (next < end && isWanted && underWay.Count < work.Parallelism)
            {
                underWay.Add(PredictAsync(context, work.Job, next++));
            }

            Task<bool> over = await Task.WhenAny(underWay);
            underWay.Remove(over);
            isWanted &= await over;
        }

        return isWanted;
    }

    // A stretch that cannot be predicted is set aside, and the others go on.
    private static async Task<bool> PredictAsync(TaskOrchestrationContext context, BatchKey job, int chunk)
    {
        try
        {
            return await context.CallActivityAsync<bool>(nameof(BatchActivities.PredictChunk), new ChunkRequest(job, chunk), ChunkRetries);
        }
        catch (TaskFailedException failure)
        {
            return await context.CallActivityAsync<bool>(nameof(BatchActivities.SetChunkAside), new ChunkRequest(job, chunk, Describe("batch_chunk_failed", failure)), BookRetries);
        }
    }

    private static Task<string> EndAsync(TaskOrchestrationContext context, EndBatchRequest request) =>
        context.CallActivityAsync<string>(nameof(BatchActivities.EndBatch), request, BookRetries);

    private static BatchFailure Describe(string code, TaskFailedException failure) =>
        BatchFailure.Of(code, $"It failed again and again: {failure.FailureDetails.ErrorMessage}");

    private static RetryPolicy Policy(int attempts, TimeSpan longest) => new(attempts, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: longest)
    {
        HandleFailure = failure => !RunStepCaller.IsFinal(failure),
    };
}
