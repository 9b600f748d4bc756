using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>Follows a run: its steps as they change, then its end.</summary>
/// <param name="pipelines">Where runs are read.</param>
/// <param name="time">Paces the reading.</param>
/// <param name="lifetime">Says when the host stops.</param>
public sealed class RunWatcher(PipelineService pipelines, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly EventPace pace = new(time, lifetime);

    /// <summary>
    /// Events of a run: <c>step</c> with a step each time that it changed, <c>run</c> with the run each time that its status
    /// changed. The stream ends after the <c>run</c> event of the run's end, or when the host stops.
    /// </summary>
    /// <remarks>
    /// Each event is the whole present state of what it names. A reader whose stream ended before the run asks again and is
    /// told every step as it then is, so events need no ids to go on from.
    /// </remarks>
    /// <exception cref="Domain.Problems.ProblemException">The run is gone (<c>run_not_found</c>, <c>pipeline_not_found</c>).</exception>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        TenantId tenant, string pipelineId, string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<(string, int?), string> seen = [];
        RunKey key = new(tenant.Value, pipelineId, runId);
        RunStatus? status = null;
        while (true)
        {
            // The run is read before its steps: when it is over, the steps that follow are complete.
            PipelineRun run = await pipelines.GetRunAsync(tenant, pipelineId, runId, cancellationToken);
            foreach (RunStep step in await pipelines.ListStepsAsync(key, cancellationToken))
            {
                string json = JsonSerializer.Serialize(StepDocument.Of(step), PipelineWire.Default.StepDocument);
                if (seen.GetValueOrDefault((step.Name, step.Candidate)) != json)
                {
                    seen[(step.Name, step.Candidate)] = json;
                    yield return new SseItem<string>(json, "step");
                }
            }

            if (run.Status != status)
            {
                status = run.Status;
                yield return new SseItem<string>(JsonSerializer.Serialize(RunSummary.Of(run), PipelineWire.Default.RunSummary), "run");
            }

            if (run.Status.IsEnd() || !await pace.PauseAsync(cancellationToken))
            {
                yield break;
            }
        }
    }
}
