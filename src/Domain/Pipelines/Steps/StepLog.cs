using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What a step says of itself while it is taken; every line is stored at once, so that a watcher sees it. Not thread safe.</summary>
/// <remarks>It falls silent when the record is no longer this attempt's: a later one has begun, or the run was given up.</remarks>
public sealed class StepLog
{
    private readonly RunStepStore store;
    private readonly TimeProvider time;
    private readonly RunKey run;
    private readonly List<RunLogLine> lines = [];
    private Stored<RunStep>? written;
    private RunStep? step;

    /// <summary>The log of an attempt; of one whose step is done already, which says nothing more.</summary>
    internal StepLog(RunStepStore store, TimeProvider time, RunKey run, Stored<RunStep>? begun) =>
        (this.store, this.time, this.run, written, step) = (store, time, run, begun, begun?.Value);

    /// <summary>Adds a line; beyond <see cref="RunStep.MaxLogLines"/> it is dropped.</summary>
    /// <param name="message">One sentence; never data of a row.</param>
    /// <param name="cancellationToken">Observed while storing.</param>
    public async Task WriteAsync(string message, CancellationToken cancellationToken)
    {
        if (lines.Count < RunStep.MaxLogLines)
        {
            lines.Add(new RunLogLine(time.GetUtcNow(), message));
            await SaveAsync(cancellationToken);
        }
    }

    /// <summary>Says how much of the work is done.</summary>
    public Task ProgressAsync(int done, int total, CancellationToken cancellationToken)
    {
        step = step is null ? null : step with { Done = done, Total = total };
        return SaveAsync(cancellationToken);
    }

    /// <summary>Says how the candidate did; stored with the next line or the end.</summary>
    public void Score(CandidateScore score) => step = step is null ? null : step with { Score = score };

    internal Task EndAsync(StepStatus status, RunFailure? failure, CancellationToken cancellationToken)
    {
        step = step is null ? null : step with { Status = status, Failure = failure, FinishedAt = time.GetUtcNow() };
        return SaveAsync(cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (written is not null && step is not null)
        {
            written = await store.SaveAsync(run, written, step with { Log = [.. lines] }, cancellationToken);
            step = written is null ? null : step;
        }
    }
}
