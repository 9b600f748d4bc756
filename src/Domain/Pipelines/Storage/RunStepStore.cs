using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>The steps of runs: a document per step, written only by the activity that takes the step.</summary>
internal sealed class RunStepStore(IDocumentStore documents)
{
    public async Task<RunStep?> GetAsync(RunKey run, string name, int? candidate, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(
            PipelineKeys.Runs, PipelineKeys.StepPartition(run), PipelineKeys.Step(name, candidate), PipelineJson.Default.RunStep, cancellationToken))?.Value;

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

    public Task SaveAsync(RunKey run, RunStep step, CancellationToken cancellationToken) =>
        documents.WriteAsync(
            PipelineKeys.Runs,
            PipelineKeys.StepPartition(run),
            JsonDocuments.Upsert(PipelineKeys.Step(step.Name, step.Candidate), step, PipelineJson.Default.RunStep),
            cancellationToken);
}
