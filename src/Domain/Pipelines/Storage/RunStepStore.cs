using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>The steps of runs: a document per step, written only by the latest attempt at it.</summary>
/// <remarks>
/// An attempt that was given up for lost may still write. Its record tells it apart: each attempt begins by counting the
/// record up, and writes only while the record still has its number and is running.
/// </remarks>
internal sealed class RunStepStore(IDocumentStore documents)
{
    public async Task<IReadOnlyList<RunStep>> ListAsync(RunKey run, CancellationToken cancellationToken)
    {
        List<RunStep> steps = [];
        await foreach (Stored<RunStep> step in ReadAsync(run, cancellationToken))
        {
            steps.Add(step.Value);
        }

        return steps;
    }

    /// <summary>Begins an attempt.</summary>
    /// <returns>The record of the attempt; null when the step is done, whose record stays as it is.</returns>
    public Task<Stored<RunStep>?> BeginAsync(RunKey run, string name, int? candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        Contention.RetryAsync<Stored<RunStep>?>(
            async token =>
            {
                Stored<RunStep>? current = await FindAsync(run, name, candidate, token);
                if (current is { Value.Status: StepStatus.Completed })
                {
                    return null;
                }

                RunStep begun = new() { Name = name, Candidate = candidate, Attempt = (current?.Value.Attempt ?? 0) + 1, StartedAt = now };
                return await WriteAsync(run, begun, current, token);
            },
            cancellationToken);

    /// <summary>Writes what an attempt has to say, unless a later one has begun, or the record was closed or removed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">The record as the attempt wrote or read it last: as long as nobody else wrote, it need not be read again.</param>
    /// <param name="step">The record to be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was written; null when nothing was.</returns>
    public Task<Stored<RunStep>?> SaveAsync(RunKey run, Stored<RunStep> before, RunStep step, CancellationToken cancellationToken)
    {
        Stored<RunStep>? known = before;
        return Contention.RetryAsync<Stored<RunStep>?>(
            async token =>
            {
                Stored<RunStep>? current = known ?? await FindAsync(run, step.Name, step.Candidate, token);
                known = null;
                return current is { Value.Status: StepStatus.Running } && current.Value.Attempt == step.Attempt
                    ? await WriteAsync(run, step, current, token)
                    : null;
            },
            cancellationToken);
    }

    /// <summary>The records of a run's steps, each with what is needed to replace it.</summary>
    public IAsyncEnumerable<Stored<RunStep>> ReadAsync(RunKey run, CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new DocumentQuery(PipelineKeys.Runs, PipelineKeys.StepPartition(run)), PipelineJson.Default.RunStep, cancellationToken);

    private Task<Stored<RunStep>?> FindAsync(RunKey run, string name, int? candidate, CancellationToken cancellationToken) =>
        documents.ReadAsync(
            PipelineKeys.Runs, PipelineKeys.StepPartition(run), PipelineKeys.Step(name, candidate), PipelineJson.Default.RunStep, cancellationToken);

    private async Task<Stored<RunStep>> WriteAsync(RunKey run, RunStep step, Stored<RunStep>? current, CancellationToken cancellationToken)
    {
        string key = PipelineKeys.Step(step.Name, step.Candidate);
        DocumentWrite write = JsonDocuments.InsertOrReplace(key, step, current, PipelineJson.Default.RunStep);
        string? etag = await documents.WriteAsync(PipelineKeys.Runs, PipelineKeys.StepPartition(run), write, cancellationToken);
        return new Stored<RunStep>(key, step, etag!);
    }
}
