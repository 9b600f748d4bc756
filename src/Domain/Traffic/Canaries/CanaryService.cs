using Trainyard.Domain.Alerts;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Canaries: begun, looked at, and commanded. Thread safe.</summary>
public sealed class CanaryService
{
    /// <summary>How long a mark must have stood before a sweep clears it as one without a canary.</summary>
    public static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(10);

    private static readonly TrafficPlanKind<Canary> Kind = new("canaries", "canarymarks", CanaryJson.Default.Canary, CanaryProblems.Running);

    private readonly TrafficPlanStore<Canary> store;
    private readonly CanaryDriver driver;
    private readonly ModelRegistry registry;
    private readonly TimeProvider time;
    private readonly Sightings sightings;

    /// <summary>Canaries over stored records.</summary>
    /// <param name="documents">Where they are kept.</param>
    /// <param name="registry">Knows versions.</param>
    /// <param name="traffic">Divides traffic.</param>
    /// <param name="book">What versions did.</param>
    /// <param name="feedback">What became of predictions.</param>
    /// <param name="alerts">Told of canaries that were rolled back.</param>
    /// <param name="time">The clock.</param>
    public CanaryService(IDocumentStore documents, ModelRegistry registry, ModelTraffic traffic, TallyBook book, FeedbackService feedback, AlertLog alerts, TimeProvider time)
    {
        (this.registry, this.time) = (registry, time);
        sightings = new Sightings(time);
        store = new TrafficPlanStore<Canary>(documents, Kind);
        driver = new CanaryDriver(store, traffic, book, feedback, alerts, time);
    }

    /// <summary>Begins a canary, and gives it its first share.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="label">The version.</param>
    /// <param name="request">How it shall go.</param>
    /// <param name="allowsOtherSchema">Whether the version may read other columns, or predict something else.</param>
    /// <param name="operationId">Becomes its id: a repeat finds it begun.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="orchestrations">The engine that looks after it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// As <see cref="ModelTraffic.SetAsync"/>; <c>canary_steps_invalid</c>, <c>canary_setting_out_of_range</c>, <c>canary_running</c>,
    /// <c>canary_baseline_split</c>, <c>canary_version_deployed</c>, <c>model_not_deployed</c>.
    /// </exception>
    public async Task<Canary> StartAsync(
        TenantId tenant,
        string idOrName,
        string label,
        CanaryRequest request,
        bool allowsOtherSchema,
        string operationId,
        ChangeNote note,
        ICanaryOrchestrations orchestrations,
        CancellationToken cancellationToken)
    {
        request.Require();
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        TrafficPlanKey key = new(tenant.Value, model.Name, operationId);
        if (await store.FindAsync(key, cancellationToken) is null)
        {
            Canary canary = await DescribeAsync(tenant, model, label, request, operationId, note, cancellationToken) with { AllowsOtherSchema = allowsOtherSchema };
            await store.AddAsync(key, canary, cancellationToken);
        }

        await BeginAsync(tenant, key, cancellationToken);
        await orchestrations.StartAsync(key, cancellationToken);
        return (await store.FindAsync(key, cancellationToken))!.Value;
    }

    /// <summary>The last canary of a model, with what is seen at its step.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>canary_not_found</c>.</exception>
    public async Task<(Canary Canary, CanaryEvidence? Evidence)> GetAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        (TrafficPlanKey key, Stored<Canary> canary) = await LastAsync(tenant, idOrName, cancellationToken);
        return (canary.Value, await driver.ExamineAsync(key, canary.Value, cancellationToken));
    }

    /// <summary>Does what somebody asks of the canary of a model, at once.</summary>
    /// <returns>The canary as it is then.</returns>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>canary_not_found</c>, <c>canary_over</c>, <c>write_contention</c>.</exception>
    public async Task<Canary> CommandAsync(
        TenantId tenant, string idOrName, CanaryCommand command, ChangeNote note, ICanaryOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        (TrafficPlanKey key, _) = await LastAsync(tenant, idOrName, cancellationToken);
        await Contention.RetryAsync(
            async token =>
            {
                Stored<Canary> stored = await SettledAsync(key, token);
                Canary changed = stored.Value.IsOver ? throw CanaryProblems.Over(stored.Value) : Obey(stored.Value, command, note);
                return changed == stored.Value ? stored : await store.ReplaceAsync(key, stored, changed, token);
            },
            cancellationToken);
        await driver.LookAsync(key, cancellationToken);
        await orchestrations.WakeAsync(key, cancellationToken);
        return (await store.FindAsync(key, cancellationToken))!.Value;
    }

    /// <summary>Looks at a canary, and does what is to be done. Repeatable.</summary>
    public Task<CanaryLook> LookAsync(TrafficPlanKey key, CancellationToken cancellationToken) => driver.LookAsync(key, cancellationToken);

    /// <summary>Has the engine look after every canary that is not over, for a crash may have come between the two. Repeatable.</summary>
    public async Task SweepAsync(ICanaryOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        using Sightings.Round round = sightings.Begin();
        await foreach (Stored<TrafficPlanMark> mark in store.MarksAsync(cancellationToken))
        {
            TrafficPlanKey key = mark.Value.Key;
            Stored<Canary>? canary = await store.FindAsync(key, cancellationToken);
            if (canary is { Value.IsOver: false })
            {
                await orchestrations.StartAsync(key, cancellationToken);
            }
            else if (canary is not null || round.HasStood(mark, SweepAge, mark.Value.At))
            {
                await store.UnmarkAsync(mark, cancellationToken);
            }
        }
    }

    // A step that is decided is not taken back: what is asked for comes after it.
    private async Task<Stored<Canary>> SettledAsync(TrafficPlanKey key, CancellationToken cancellationToken)
    {
        Stored<Canary> stored = (await store.FindAsync(key, cancellationToken))!;
        while (stored.Value.Intent is not null)
        {
            await driver.LookAsync(key, cancellationToken);
            stored = (await store.FindAsync(key, cancellationToken))!;
        }

        return stored;
    }

    private Canary Obey(Canary canary, CanaryCommand command, ChangeNote note)
    {
        CanaryDecision decision = new(
            time.NowOf(canary), canary.Percent, command.ToString().ToLowerInvariant(), note.Reason ?? "Asked for.", note.By, Evidence: null);
        return command switch
        {
            CanaryCommand.Pause => canary.State == CanaryState.Paused ? canary : canary.With(decision) with { State = CanaryState.Paused },
            CanaryCommand.Resume => canary.State == CanaryState.Running ? canary : canary.With(decision) with { State = CanaryState.Running },
            CanaryCommand.Promote => Intending(canary, canary.Steps.Count - 1, CanaryState.Promoted, decision),
            CanaryCommand.Abort => Intending(canary, step: -1, CanaryState.Aborted, decision),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };
    }

    private static Canary Intending(Canary canary, int step, CanaryState state, CanaryDecision decision) =>
        canary with { Intent = new CanaryIntent(canary.Changes + 1, step, state, decision), Changes = canary.Changes + 1 };

    // The first step is taken while the caller waits, so that whatever forbids it is the answer.
    private async Task BeginAsync(TenantId tenant, TrafficPlanKey key, CancellationToken cancellationToken)
    {
        try
        {
            await driver.LookAsync(key, cancellationToken);
        }
        catch (ProblemException refused) when (refused is not TransientProblemException)
        {
            await Contention.RetryAsync(
                async token =>
                {
                    Stored<Canary> stored = (await store.FindAsync(key, token))!;
                    Canary ended = stored.Value with { State = CanaryState.Aborted, Intent = null, EndedAt = time.GetUtcNow() };
                    return stored.Value.Step >= 0 || stored.Value.IsOver ? stored : await store.ReplaceAsync(key, stored, ended, token);
                },
                cancellationToken);
            await store.UnmarkAsync(key, cancellationToken);
            throw;
        }

        if (await store.FindAsync(key, cancellationToken) is { Value: { State: CanaryState.Superseded, Step: < 0 } })
        {
            throw TrafficProblems.ChangedMeanwhile(await registry.GetHeadAsync(tenant, key.Model, cancellationToken));
        }
    }

    private async Task<Canary> DescribeAsync(
        TenantId tenant, RegisteredModel model, string label, CanaryRequest request, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        ModelVersion version = await registry.GetVersionAsync(tenant, model.Name, label, cancellationToken);
        int baseline = model.DeployedSequence ?? throw RegistryProblems.NotDeployed(model.Name);
        if (baseline == version.Sequence && !model.Traffic.IsSplit)
        {
            throw CanaryProblems.Deployed(version);
        }

        return model.Traffic.IsSplit && await store.FindLastAsync(tenant, model.Name, cancellationToken) is not { Plan.Value.IsOver: false }
            ? throw CanaryProblems.Split(model.Name)
            : new Canary
            {
                Id = operationId,
                ModelName = model.Name,
                Version = version.Sequence,
                Baseline = baseline,
                Steps = request.Steps,
                StepTime = request.StepTime,
                Limits = request.Limits,
                By = note.By,
                Reason = note.Reason,
                CreatedAt = time.GetUtcNow(),
                Deployment = model.DeploymentCount,
            };
    }

    private async Task<(TrafficPlanKey Key, Stored<Canary> Canary)> LastAsync(TenantId tenant, string idOrName, CancellationToken cancellationToken)
    {
        string model = (await registry.GetHeadAsync(tenant, idOrName, cancellationToken)).Name;
        return await store.FindLastAsync(tenant, model, cancellationToken) ?? throw CanaryProblems.NotFound(model);
    }
}
