using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Learning;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Takes a step and keeps its record: begun, what it says, how it ended.</summary>
/// <remarks>
/// A step that is taken again, after a crash or a transient failure, overwrites its record and counts the attempt up; the
/// record of a step that is done stays. A step of a run that is over, about to be undone or to be cancelled is not begun, and
/// stopped while it is taken (<see cref="RunWatch"/>); one that finds at its end that the run was closed meanwhile removes
/// what it left and is no success.
/// </remarks>
/// <param name="book">The heads of runs.</param>
/// <param name="leftovers">Removes what a step of a closed run leaves.</param>
/// <param name="documents">Where steps are stored.</param>
/// <param name="time">The clock.</param>
public sealed class StepRecorder(RunBook book, RunLeftovers leftovers, IDocumentStore documents, TimeProvider time)
{
    private readonly RunStepStore store = new(documents);

    /// <summary>Takes a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">A name of <see cref="StepName"/>.</param>
    /// <param name="candidate">The candidate that it is about, or null.</param>
    /// <param name="work">The step; it may be called again with the same arguments and must then do the same. Its token fires when the step is no longer wanted.</param>
    /// <param name="cancellationToken">Leaves the record as running: the step will be taken again. A time-out of what the step calls is a failure like any other.</param>
    /// <exception cref="RunStoppedException">The run is closed, or its cancellation was asked for before the step was done.</exception>
    public async Task<T> TakeAsync<T>(
        RunKey run, string name, int? candidate, Func<StepLog, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!(await book.FindAsync(run, cancellationToken)).TakesSteps())
        {
            await LeaveIfClosedAsync(run, cancellationToken);
            throw new RunStoppedException(run);
        }

        return await RecordAsync(run, name, candidate, (log, token) => TakeOpenAsync(run, log, work, token), cancellationToken);
    }

    /// <summary>Takes the step that undoes a closed run: nothing stops it.</summary>
    internal Task<T> TakeLastAsync<T>(RunKey run, string name, Func<StepLog, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RecordAsync(run, name, null, work, cancellationToken);

    private async Task<T> RecordAsync<T>(
        RunKey run, string name, int? candidate, Func<StepLog, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        StepLog record = new(store, time, run, await store.BeginAsync(run, name, candidate, time.GetUtcNow(), cancellationToken));
        try
        {
            T answer = await work(record, cancellationToken);
            await record.EndAsync(StepStatus.Completed, null, cancellationToken);
            return answer;
        }
        catch (RunStoppedException)
        {
            await record.EndAsync(StepStatus.Cancelled, null, cancellationToken);
            throw;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await record.EndAsync(StepStatus.Failed, Describe(name, failure), cancellationToken);
            throw;
        }
    }

    private async Task<T> TakeOpenAsync<T>(
        RunKey run, StepLog log, Func<StepLog, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        T answer;
        await using RunWatch watch = RunWatch.Start(book, run, time, cancellationToken);
        try
        {
            answer = await work(log, watch.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (await LeaveIfClosedAsync(run, cancellationToken) || watch.Token.IsCancellationRequested)
            {
                throw new RunStoppedException(run, failure);
            }

            throw;
        }

        return await LeaveIfClosedAsync(run, cancellationToken) ? throw new RunStoppedException(run) : answer;
    }

    // Looked at after the work: whoever closed the run before the step wrote its files is seen here, and whoever closes it
    // later removes them himself.
    private async Task<bool> LeaveIfClosedAsync(RunKey run, CancellationToken cancellationToken)
    {
        PipelineRun? head = await book.FindAsync(run, cancellationToken);
        if (!head.IsClosed())
        {
            return false;
        }

        await (head is null ? leftovers.RemoveOwnAsync(run, cancellationToken) : leftovers.RemoveAsync(run, head.Settings.ModelName, cancellationToken));
        return true;
    }

    // Of what is not an expected failure, only the kind is told here; the host's log tells the rest.
    private static RunFailure Describe(string step, Exception failure) => failure switch
    {
        ProblemException { Problem: var problem } => new RunFailure(step, problem.Code, Cut(problem.Detail), problem.Field),
        LearningException learning => new RunFailure(step, learning.Code, Cut(learning.Message), learning.Field),
        _ => new RunFailure(step, "step_failed", $"The step failed unexpectedly ({failure.GetType().Name}); the host's log says why. It was tried again where that can help."),
    };

    private static string Cut(string text) => text.Length <= RunFailure.MaxDetailLength ? text : text[..RunFailure.MaxDetailLength];
}
