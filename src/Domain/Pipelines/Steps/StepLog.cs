using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What a step says of itself while it is taken; every line is stored at once, so that a watcher sees it. Not thread safe.</summary>
public sealed class StepLog
{
    private readonly RunStepStore store;
    private readonly TimeProvider time;
    private readonly RunKey run;
    private readonly List<RunLogLine> lines = [];
    private RunStep step;

    internal StepLog(RunStepStore store, TimeProvider time, RunKey run, RunStep step) =>
        (this.store, this.time, this.run, this.step) = (store, time, run, step);

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
        step = step with { Done = done, Total = total };
        return SaveAsync(cancellationToken);
    }

    /// <summary>Says how the candidate did; stored with the next line or the end.</summary>
    public void Score(CandidateScore score) => step = step with { Score = score };

    internal Task EndAsync(StepStatus status, RunFailure? failure, CancellationToken cancellationToken)
    {
        step = step with { Status = status, Failure = failure, FinishedAt = time.GetUtcNow() };
        return SaveAsync(cancellationToken);
    }

    internal Task SaveAsync(CancellationToken cancellationToken) => store.SaveAsync(run, step with { Log = [.. lines] }, cancellationToken);
}
