using Trainyard.Domain.Alerts;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>Takes canaries from step to step. Every look may be repeated, by whoever, at any time. Thread safe.</summary>
/// <remarks>
/// A decision is written down before traffic is changed by it, and traffic is changed under an operation of its own: a crash between any
/// two lines leaves a decision that the next look carries out, once.
/// </remarks>
internal sealed class CanaryDriver(TrafficPlanStore<Canary> store, ModelTraffic traffic, TallyBook book, FeedbackService feedback, AlertLog alerts, TimeProvider time)
{
    /// <summary>Who decides when nobody asked.</summary>
    public const string Itself = "canary";

    // Harm is seen within a tenth of a step, and no canary is looked at more than once a second.
    private const double LooksOfStep = 10;
    private static readonly TimeSpan MinLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxLook = TimeSpan.FromMinutes(1);

    /// <summary>Looks at a canary, and does what is to be done.</summary>
    public Task<CanaryLook> LookAsync(TrafficPlanKey key, CancellationToken cancellationToken) => Contention.RetryAsync(
        async token =>
        {
            Stored<Canary>? stored = await store.FindAsync(key, token);
            while (stored is { Value.IsOver: false } && await StepAsync(key, stored, token) is { } changed)
            {
                stored = changed;
            }

            if (stored is null or { Value.IsOver: true })
            {
                await store.UnmarkAsync(key, token);
            }

            return new CanaryLook(stored is null or { Value.IsOver: true }, stored?.Value.StateWord ?? "absent", Wait(stored?.Value));
        },
        cancellationToken);

    /// <summary>What was seen at the step that a canary is at; null while it is at none.</summary>
    public async Task<CanaryEvidence?> ExamineAsync(TrafficPlanKey key, Canary canary, CancellationToken cancellationToken)
    {
        if (canary.Step < 0 || canary.IsOver)
        {
            return null;
        }

        await book.FlushAsync(cancellationToken);
        (IReadOnlyDictionary<int, VersionCounts> versions, _) = await book.ReadAsync(key.Owner, key.Model, canary.Deployment, cancellationToken);
        IReadOnlyDictionary<int, FeedbackCounts> told = await feedback.OfDeploymentAsync(key.Owner, key.Model, canary.Deployment, cancellationToken);
        return CanaryJudge.Examine(
            versions.GetValueOrDefault(canary.Baseline, new VersionCounts()),
            versions.GetValueOrDefault(canary.Version, new VersionCounts()),
            canary.Limits.Alpha / canary.Steps.Count,
            (told.GetValueOrDefault(canary.Baseline, new FeedbackCounts()), told.GetValueOrDefault(canary.Version, new FeedbackCounts())),
            canary.Limits.OutcomeErrorBound);
    }

    private static double Wait(Canary? canary) => canary is null
        ? 0
        : Math.Clamp(canary.StepTime.TotalSeconds / LooksOfStep, MinLook.TotalSeconds, MaxLook.TotalSeconds);

    // One change of the record; null when there is nothing to do now.
    private async Task<Stored<Canary>?> StepAsync(TrafficPlanKey key, Stored<Canary> stored, CancellationToken cancellationToken)
    {
        Canary canary = stored.Value;
        if (canary.Intent is { } intent)
        {
            return await CarryOutAsync(key, stored, intent, cancellationToken);
        }

        if (canary.Step < 0)
        {
            return await DecideAsync(key, stored, Intend(canary, 0, "begin", "The canary begins.", evidence: null), cancellationToken);
        }

        (_, Deployment deployed) = await traffic.GetAsync(key.Owner, key.Model, asOf: null, cancellationToken);
        if (deployed.Number != canary.Deployment)
        {
            return await EndAsync(key, stored, Superseded(canary), cancellationToken);
        }

        DateTimeOffset now = time.GetUtcNow();
        if (now < canary.StepSince)
        {
            // The clock was set back: the step is as long as it was to be from here.
            return await store.ReplaceAsync(key, stored, canary with { StepSince = now }, cancellationToken);
        }

        CanaryEvidence evidence = (await ExamineAsync(key, canary, cancellationToken))!;
        return Judge(canary, evidence, now) is { } next ? await DecideAsync(key, stored, next, cancellationToken) : null;
    }

    private CanaryIntent? Judge(Canary canary, CanaryEvidence evidence, DateTimeOffset now)
    {
        if (CanaryJudge.Harm(evidence, canary.Limits) is { } harm)
        {
            return Intend(canary, step: -1, "roll_back", harm, evidence);
        }

        bool isDue = now - canary.StepSince >= canary.StepTime && evidence.Calls >= canary.Limits.MinCalls;
        if (canary.State == CanaryState.Paused || !isDue)
        {
            return null;
        }

        string seen = FormattableString.Invariant($"{evidence.Calls} requests at {canary.Percent} % showed no harm.");
        return Intend(canary, canary.Step + 1, canary.Step + 1 == canary.Steps.Count - 1 ? "promote" : "advance", seen, evidence);
    }

    private CanaryIntent Intend(Canary canary, int step, string action, string reason, CanaryEvidence? evidence) => new(
        canary.Changes + 1,
        step,
        step < 0 ? CanaryState.RolledBack : step == canary.Steps.Count - 1 ? CanaryState.Promoted : CanaryState.Running,
        new CanaryDecision(time.NowOf(canary), canary.Percent, action, reason, Itself, evidence));

    private Task<Stored<Canary>> DecideAsync(TrafficPlanKey key, Stored<Canary> stored, CanaryIntent intent, CancellationToken cancellationToken) =>
        store.ReplaceAsync(key, stored, stored.Value with { Intent = intent, Changes = intent.Number }, cancellationToken);

    private async Task<Stored<Canary>> CarryOutAsync(TrafficPlanKey key, Stored<Canary> stored, CanaryIntent intent, CancellationToken cancellationToken)
    {
        Canary canary = stored.Value;
        ChangeNote note = new(intent.Decision.By == Itself ? $"canary:{canary.Id}" : intent.Decision.By, intent.Decision.Reason);
        Deployment made;
        try
        {
            made = await traffic.SetAsync(
                key.Owner,
                key.Model,
                canary.ChangeOf(intent),
                Canary.OperationOf(canary.Id, intent),
                note,
                cancellationToken,
                intent.Step < 0 ? DeploymentStrategy.Rollback : DeploymentStrategy.Canary,
                canary.Deployment);
        }
        catch (ProblemException changed) when (changed.Problem.Code == "model_changed_meanwhile")
        {
            return await EndAsync(key, stored, Superseded(canary), cancellationToken);
        }

        Canary next = canary.With(intent.Decision) with { Intent = null, Step = Math.Max(intent.Step, 0), Deployment = made.Number, StepSince = time.GetUtcNow() };
        if (intent.State == CanaryState.Running)
        {
            return await store.ReplaceAsync(key, stored, next, cancellationToken);
        }

        if (intent.State == CanaryState.RolledBack)
        {
            await AlarmAsync(key, canary, intent.Decision, cancellationToken);
        }

        return await EndAsync(key, stored, next with { State = intent.State }, cancellationToken);
    }

    private Canary Superseded(Canary canary) => canary.With(new CanaryDecision(
        time.NowOf(canary), canary.Percent, "supersede", "The deployment was changed by somebody else, and stays as it is.", Itself, Evidence: null)) with
    {
        Intent = null, State = CanaryState.Superseded,
    };

    private Task<Stored<Canary>> EndAsync(TrafficPlanKey key, Stored<Canary> stored, Canary ended, CancellationToken cancellationToken) =>
        store.ReplaceAsync(key, stored, ended with { EndedAt = time.NowOf(ended) }, cancellationToken);

    private Task AlarmAsync(TrafficPlanKey key, Canary canary, CanaryDecision decision, CancellationToken cancellationToken) => alerts.RaiseAsync(
        key.Owner,
        new Alert(
            $"canary-{canary.Id}",
            AlertKind.CanaryRolledBack,
            $"The canary of {ModelVersion.LabelOf(canary.Version)} of model '{key.Model}' was rolled back at {decision.Percent} %: {decision.Reason}",
            decision.At,
            key.Model,
            string.Empty,
            canary.Id,
            "traffic_percent",
            decision.Percent,
            0),
        cancellationToken);
}
