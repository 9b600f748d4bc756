using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Batches;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Timers;

/// <summary>Takes up what a crash left of prediction jobs.</summary>
/// <param name="keeper">Decides and records.</param>
/// <param name="log">Told of what was done.</param>
public sealed partial class BatchTimer(BatchKeeper keeper, ILogger<BatchTimer> log)
{
    /// <summary>Every minute: a job that another host's crash left lying waits no longer than this. More often would cost money at rest.</summary>
    public const string Every = "0 * * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("KeepBatches")]
    public async Task RunAsync([TimerTrigger(Every, RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        BatchReport report = await keeper.TickAsync(new DurableBatchOrchestrations(client), cancellationToken);
        foreach (BatchKey job in report.Lost)
        {
            LogLost(job.JobId);
        }

        foreach ((BatchKey job, Exception failure) in report.Left)
        {
            LogLeft(failure, job.JobId);
        }
    }

    [LoggerMessage(EventId = 3310, Level = LogLevel.Error, Message = "Prediction job {JobId} was left by its orchestration; it is ended.")]
    private partial void LogLost(string jobId);

    [LoggerMessage(EventId = 3311, Level = LogLevel.Error, Message = "Prediction job {JobId} could not be taken up; the next tick tries again.")]
    private partial void LogLeft(Exception exception, string jobId);
}
