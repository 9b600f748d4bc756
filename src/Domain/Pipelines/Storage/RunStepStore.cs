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
        DocumentQuery query = new(PipelineKeys.Runs, PipelineKeys.StepPartition(run));
        await foreach (Stored<RunStep> step in documents.ReadAllAsync(query, PipelineJson.Default.RunStep, cancellationToken))
        {
            steps.Add(step.Value);
        }

        return steps;
    }

    /// <summary>Begins an attempt.</summary>
    /// <returns>The record of the attempt; null when the step is done, whose record stays as it is.</returns>
    public Task<RunStep?> BeginAsync(RunKey run, string name, int? candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        Contention.RetryAsync<RunStep?>(
            async token =>
            {
                Stored<RunStep>? current = await FindAsync(run, name, candidate, token);
                if (current is { Value.Status: StepStatus.Completed })
                {
                    return null;
                }

                RunStep begun = new() { Name = name, Candidate = candidate, Attempt = (current?.Value.Attempt ?? 0) + 1, StartedAt = now };
                await WriteAsync(run, begun, current, token);
                return begun;
            },
            cancellationToken);

    /// <summary>Writes what an attempt has to say, unless a later one has begun, or the record was closed or removed.</summary>
    public Task<bool> SaveAsync(RunKey run, RunStep step, CancellationToken cancellationToken) =>
        Contention.RetryAsync(
            async token =>
            {
                Stored<RunStep>? current = await FindAsync(run, step.Name, step.Candidate, token);
                if (current is not { Value.Status: StepStatus.Running } || current.Value.Attempt != step.Attempt)
                {
                    return false;
                }

                await WriteAsync(run, step, current, token);
                return true;
            },
            cancellationToken);

    private Task<Stored<RunStep>?> FindAsync(RunKey run, string name, int? candidate, CancellationToken cancellationToken) =>
        documents.ReadAsync(
            PipelineKeys.Runs, PipelineKeys.StepPartition(run), PipelineKeys.Step(name, candidate), PipelineJson.Default.RunStep, cancellationToken);

    private Task WriteAsync(RunKey run, RunStep step, Stored<RunStep>? current, CancellationToken cancellationToken) =>
        documents.WriteAsync(
            PipelineKeys.Runs,
            PipelineKeys.StepPartition(run),
            JsonDocuments.InsertOrReplace(PipelineKeys.Step(step.Name, step.Candidate), step, current, PipelineJson.Default.RunStep),
            cancellationToken);
}
