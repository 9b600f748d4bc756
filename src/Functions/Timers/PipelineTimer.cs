using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Functions.Orchestrations;

namespace Trainyard.Functions.Timers;

/// <summary>Starts the pipelines whose schedule is due.</summary>
/// <param name="scheduler">Decides and records.</param>
/// <param name="log">Told of what was done.</param>
public sealed partial class PipelineTimer(PipelineScheduler scheduler, ILogger<PipelineTimer> log)
{
    /// <summary>Every minute, which is what schedules are to. A run that another host's crash left lying waits no longer than this; more often would cost $11 a month at rest.</summary>
    public const string Every = "0 * * * * *";

    /// <summary>Called by the clock.</summary>
    [Function("StartDuePipelines")]
    public async Task RunAsync([TimerTrigger(Every, RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        TickReport report = await scheduler.TickAsync(new DurableRunOrchestrations(client), cancellationToken);
        foreach (SlotRun run in report.Recorded)
        {
            LogStarted(run.Run.PipelineId, run.Run.RunId, run.Slot);
            if (run.MissedSince is { } since)
            {
                LogMissed(run.Run.PipelineId, since, run.Slot);
            }
        }

        foreach (RunKey run in report.Lost)
        {
            LogLost(run.PipelineId, run.RunId);
        }

        foreach (LeftRun left in report.Left)
        {
            LogLeft(left.Failure, left.Run.PipelineId, left.Run.RunId);
        }
    }

    [LoggerMessage(EventId = 3000, Level = LogLevel.Information, Message = "Pipeline {PipelineId} runs for its slot {Slot:O}: run {RunId}.")]
    private partial void LogStarted(string pipelineId, string runId, DateTimeOffset slot);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Pipeline {PipelineId} missed slots since {Since:O}; the latest, {Slot:O}, runs now and the others do not.")]
    private partial void LogMissed(string pipelineId, DateTimeOffset since, DateTimeOffset slot);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "Run {RunId} of pipeline {PipelineId} was left by its orchestration; it is undone and ended.")]
    private partial void LogLost(string pipelineId, string runId);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Run {RunId} of pipeline {PipelineId} could not be taken up; the next tick tries again.")]
    private partial void LogLeft(Exception exception, string pipelineId, string runId);
}
