using Trainyard.Domain.Documents;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Schedules;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Pipelines.Storage;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines;

/// <summary>Starts the runs whose slots are due, and takes up what a crash left lying. Called by a timer on every host.</summary>
/// <remarks>
/// Each slot runs exactly once: the run's id is made from pipeline and slot, and recording the run and moving the schedule on
/// are one commit, which one host wins. Of slots missed while no host was up, or while a run was under way, the latest runs
/// once. Recorded runs whose orchestration was never started are started; runs whose orchestration ended without them are
/// undone and failed, tick after tick until that succeeds; a cancellation that was recorded is told to its orchestration until
/// the run ends. A run that cannot be taken up keeps no other from it.
/// </remarks>
/// <param name="documents">Where pipelines are stored.</param>
/// <param name="compensation">Undoes runs that are lost.</param>
/// <param name="time">The clock.</param>
public sealed class PipelineScheduler(IDocumentStore documents, RunCompensation compensation, TimeProvider time)
{
    /// <summary>
    /// How long an index entry that points nowhere must have stood before it is removed: somebody may be about to write what
    /// it points to. Far longer than any write takes, and stale entries cost only a read each tick.
    /// </summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(5);

    private readonly Sightings dueSightings = new(time);
    private readonly Sightings activeSightings = new(time);
    private readonly PipelineIndices indices = new(documents);
    private readonly PipelineStore store = new(documents, new PipelineIndices(documents));

    /// <summary>Starts what is due, then takes up what was left lying.</summary>
    /// <returns>What this call did, for a log.</returns>
    public async Task<TickReport> TickAsync(IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<SlotRun> recorded = [];
        using (Sightings.Round round = dueSightings.Begin())
        {
            await foreach (Stored<DueEntry> entry in indices.DueAsync(now, cancellationToken))
            {
                if (await RecordDueAsync(entry, round, now, cancellationToken) is { } run)
                {
                    recorded.Add(run);
                }
            }
        }

        List<RunKey> lost = [];
        List<LeftRun> left = [];
        using (Sightings.Round round = activeSightings.Begin())
        {
            await foreach (Stored<ActiveEntry> entry in indices.ActiveAsync(cancellationToken))
            {
                try
                {
                    if (await TakeUpAsync(entry, round, orchestrations, cancellationToken))
                    {
                        lost.Add(entry.Value.Run);
                    }
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    left.Add(new LeftRun(entry.Value.Run, failure));
                }
            }
        }

        return new TickReport(recorded, lost, left);
    }

    private async Task<SlotRun?> RecordDueAsync(Stored<DueEntry> stored, Sightings.Round round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DueEntry entry = stored.Value;
        if (!TenantId.TryParse(entry.Tenant, out TenantId? tenant))
        {
            await indices.RemoveAsync(stored, cancellationToken);
            return null;
        }

        PipelineSnapshot seen = await store.ReadAsync(tenant, entry.PipelineId, null, cancellationToken);
        if (seen.Pipeline is not { } pipeline || pipeline.NextRun != entry.Slot || !Schedule.TryParse(pipeline.Schedule, out Schedule? schedule))
        {
            if (round.HasStood(stored, StaleAfter, entry.Slot))
            {
                await indices.RemoveAsync(stored, cancellationToken);
            }

            return null;
        }

        DateTimeOffset slot = schedule.LatestDue(pipeline.CreatedAt, entry.Slot, now);
        PipelineChange? change = await store.ChangeAsync(
            tenant, pipeline.Id, RunId.ForSlot(pipeline.Id, slot), state => RunRules.RunSlot(state, entry.Slot, slot, now), cancellationToken);
        if (change is not null)
        {
            await indices.RemoveAsync(stored, cancellationToken);
        }

        return change?.Run is { } run ? new SlotRun(new RunKey(entry.Tenant, pipeline.Id, run.Id), slot, slot == entry.Slot ? null : entry.Slot) : null;
    }

    // Answers whether the run was lost.
    private async Task<bool> TakeUpAsync(Stored<ActiveEntry> stored, Sightings.Round round, IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        ActiveEntry entry = stored.Value;
        PipelineRun? run = null;
        if (TenantId.TryParse(entry.Run.Tenant, out TenantId? tenant) && RunId.TryParse(entry.Run.RunId, out RunId id))
        {
            run = (await store.ReadAsync(tenant, entry.Run.PipelineId, id, cancellationToken)).Run;
        }

        if (run is null || run.Status.IsEnd())
        {
            if (run is not null || round.HasStood(stored, StaleAfter, entry.RecordedAt))
            {
                await indices.RemoveAsync(stored, cancellationToken);
            }

            return false;
        }

        switch (await orchestrations.GetStateAsync(entry.Run, cancellationToken))
        {
            case OrchestrationState.Absent when run.Status == RunStatus.Queued:
                await orchestrations.StartAsync(entry.Run, cancellationToken);
                return false;
            case OrchestrationState.Absent or OrchestrationState.Ended:
                return (await compensation.CompensateAsync(entry.Run, EndingOfLost(run), cancellationToken)).ByThisCall;
            case OrchestrationState.UnderWay when run.CancelRequestedAt is not null:
                // A crash may have come between recording the request and telling the orchestration; told twice, it stops once.
                await orchestrations.CancelAsync(entry.Run, cancellationToken);
                return false;
            default:
                return false;
        }
    }

    // The orchestration ends its run before it ends itself. So a run that is still open when it is closed was left by an
    // orchestration that an operator terminated or purged, or that broke.
    private static RunOutcome EndingOfLost(PipelineRun run) => run.CancelRequestedAt is not null
        ? new RunOutcome(RunStatus.Cancelled)
        : new RunOutcome(RunStatus.Failed)
        {
            Failure = new RunFailure("orchestration", "run_lost", "The run's orchestration ended before the run did; an operator may have terminated it. Trigger the pipeline again."),
        };
}
