using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Learning;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Takes a step and keeps its record: begun, what it says, how it ended.</summary>
/// <remarks>A step that is taken again, after a crash or a transient failure, overwrites its record and counts the attempt up.</remarks>
/// <param name="documents">Where steps are stored.</param>
/// <param name="time">The clock.</param>
public sealed class StepRecorder(IDocumentStore documents, TimeProvider time)
{
    private readonly RunStepStore store = new(documents);

    /// <summary>Takes a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">A name of <see cref="StepName"/>.</param>
    /// <param name="candidate">The candidate that it is about, or null.</param>
    /// <param name="work">The step; it may be called again with the same arguments and must then do the same.</param>
    /// <param name="cancellationToken">Leaves the record as running: the step will be taken again. A time-out of what the step calls is a failure like any other.</param>
    public async Task<T> TakeAsync<T>(
        RunKey run, string name, int? candidate, Func<StepLog, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        RunStep? earlier = await store.GetAsync(run, name, candidate, cancellationToken);
        RunStep begun = new() { Name = name, Candidate = candidate, Attempt = (earlier?.Attempt ?? 0) + 1, StartedAt = time.GetUtcNow() };
        StepLog record = new(store, time, run, begun);
        await record.SaveAsync(cancellationToken);
        try
        {
            T answer = await work(record, cancellationToken);
            await record.EndAsync(StepStatus.Completed, null, cancellationToken);
            return answer;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await record.EndAsync(StepStatus.Failed, Describe(name, failure), cancellationToken);
            throw;
        }
    }

    // What is not an expected failure is told to nobody but the host's log, where whoever runs the activity writes it.
    private static RunFailure Describe(string step, Exception failure) => failure switch
    {
        ProblemException { Problem: var problem } => new RunFailure(step, problem.Code, Cut(problem.Detail), problem.Field),
        LearningException learning => new RunFailure(step, learning.Code, Cut(learning.Message), learning.Field),
        _ => new RunFailure(step, "step_failed", "The step failed unexpectedly; the host's log says why. It was tried again where that can help."),
    };

    private static string Cut(string text) => text.Length <= RunFailure.MaxDetailLength ? text : text[..RunFailure.MaxDetailLength];
}
