using Trainyard.Domain.Alerts;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Takes A/B tests from their beginning to their end. Every look may be repeated, by whoever, at any time. Thread safe.</summary>
/// <remarks>
/// A decision is written down before traffic is changed by it, and traffic is changed under an operation of its own: a crash between any
/// two lines leaves a decision that the next look carries out, once.
/// </remarks>
internal sealed class AbTestDriver(TrafficPlanStore<AbTest> store, ModelTraffic traffic, AbTestReader reader, AlertLog alerts, TimeProvider time)
{
    /// <summary>Who decides when nobody asked.</summary>
    public const string Itself = "ab_test";

    // Reading a million units takes seconds, so looks are apart, and one at a time of a host.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim looking = new(1);

    /// <summary>Looks at a test, and does what is to be done.</summary>
    /// <param name="key">The test.</param>
    /// <param name="isAsked">Whether to look however short ago that was done.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The test as it is then; null when there is none.</returns>
    public async Task<AbTest?> LookAsync(TrafficPlanKey key, bool isAsked, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            return await Contention.RetryAsync(token => LookOnceAsync(key, isAsked, token), cancellationToken);
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>Ends a test as somebody asks.</summary>
    /// <exception cref="ProblemException"><c>ab_test_over</c>, or what <paramref name="choose"/> throws.</exception>
    public async Task<AbTest> EndAsync(
        TrafficPlanKey key, Func<AbTest, (int Sequence, AbTestState State, string Action)> choose, ChangeNote note, CancellationToken cancellationToken)
    {
        await Contention.RetryAsync(
            async token =>
            {
                Stored<AbTest> stored = (await store.FindAsync(key, token))!;
                if (stored.Value.IsOver || stored.Value.Intent is not null)
                {
                    throw AbTestProblems.Over(stored.Value);
                }

                (int sequence, AbTestState state, string action) = choose(stored.Value);
                AbDecision decision = new(time.NowOf(stored.Value), action, note.Reason ?? "Asked for.", note.By, stored.Value.Result);
                return await IntendAsync(key, stored, sequence, state, decision, token);
            },
            cancellationToken);
        return (await LookAsync(key, isAsked: false, cancellationToken))!;
    }

    /// <summary>Takes back a test that could not begin.</summary>
    public async Task WithdrawAsync(TrafficPlanKey key, string reason, CancellationToken cancellationToken)
    {
        await Contention.RetryAsync(
            async token =>
            {
                Stored<AbTest> stored = (await store.FindAsync(key, token))!;
                return stored.Value.BeganAt is not null || stored.Value.IsOver
                    ? stored
                    : await store.ReplaceAsync(key, stored, stored.Value.Ended(AbTestState.Stopped, new(time.NowOf(stored.Value), "stop", reason, Itself, null)), token);
            },
            cancellationToken);
        await store.UnmarkAsync(key, cancellationToken);
    }

    private async Task<AbTest?> LookOnceAsync(TrafficPlanKey key, bool isAsked, CancellationToken cancellationToken)
    {
        Stored<AbTest>? stored = await store.FindAsync(key, cancellationToken);
        while (stored is { Value.IsOver: false } && await StepAsync(key, stored, isAsked, cancellationToken) is { } changed)
        {
            (stored, isAsked) = (changed, false);
        }

        if (stored is { Value.IsOver: true })
        {
            await store.UnmarkAsync(key, cancellationToken);
        }

        return stored?.Value;
    }

    // One change of the record; null when there is nothing to do now.
    private async Task<Stored<AbTest>?> StepAsync(TrafficPlanKey key, Stored<AbTest> stored, bool isAsked, CancellationToken cancellationToken)
    {
        AbTest test = stored.Value;
        if (test.Intent is { } intent)
        {
            return await CarryOutAsync(key, stored, intent, cancellationToken);
        }

        if (test.BeganAt is not { } began)
        {
            return await IntendAsync(key, stored, null, AbTestState.Running, new AbDecision(time.NowOf(test), "begin", "The test begins.", Itself, null), cancellationToken);
        }

        (_, Deployment deployed) = await traffic.GetAsync(key.Owner, key.Model, asOf: null, cancellationToken);
        if (deployed.Number != test.Deployment)
        {
            return await store.ReplaceAsync(key, stored, Superseded(test), cancellationToken);
        }

        DateTimeOffset now = time.GetUtcNow();
        bool isOver = now - began >= test.MaxDuration;
        if (!isAsked && !isOver && test.LookedAt is { } last && now >= last && now - last < Pause)
        {
            return null;
        }

        return await JudgeAsync(key, stored, isOver, cancellationToken);
    }

    private async Task<Stored<AbTest>> JudgeAsync(TrafficPlanKey key, Stored<AbTest> stored, bool isOver, CancellationToken cancellationToken)
    {
        AbTest test = stored.Value;
        IReadOnlyList<GroupCounts> counts = await reader.ReadAsync(key.Owner, test, cancellationToken);
        bool isFull = counts.Sum(group => group.Units) >= ExposureBook.MaxUnits;
        ComparisonResult result = GroupJudge.Judge(counts, test.Rules, test.Result?.SampleRatioPValue ?? 1, isOver || isFull);
        AbTest looked = test with { LookedAt = time.GetUtcNow(), Result = result };
        if (test.PromotesWinner && result.Recommendation == Recommendation.Promote)
        {
            AbVariant winner = test.Variants.First(variant => variant.Name == result.Group);
            return await DecideAsync(key, stored, looked, winner.Sequence, AbTestState.Promoted, "promote", result.Reason, cancellationToken);
        }

        bool isHarm = result.Recommendation == Recommendation.Invalid || result.Groups.Skip(1).All(group => GroupJudge.IsHarmed(group) || group.Metric.State == "worse");
        if (test.StopsOnHarm && isHarm)
        {
            return await DecideAsync(key, stored, looked, test.Control.Sequence, AbTestState.Stopped, "stop", result.Reason, cancellationToken);
        }

        string expired = isOver ? "Its time is over." : FormattableString.Invariant($"{ExposureBook.MaxUnits} units were seen, which is as many as are counted.");
        return isOver || isFull
            ? await DecideAsync(key, stored, looked, test.Control.Sequence, AbTestState.Expired, "expire", $"{expired} {result.Reason}", cancellationToken)
            : await store.ReplaceAsync(key, stored, looked, cancellationToken);
    }

    private Task<Stored<AbTest>> DecideAsync(
        TrafficPlanKey key, Stored<AbTest> stored, AbTest looked, int sequence, AbTestState state, string action, string reason, CancellationToken cancellationToken) => IntendAsync(
        key, stored with { Value = looked }, sequence, state, new AbDecision(time.NowOf(looked), action, reason, Itself, looked.Result), cancellationToken);

    private Task<Stored<AbTest>> IntendAsync(
        TrafficPlanKey key, Stored<AbTest> stored, int? sequence, AbTestState state, AbDecision decision, CancellationToken cancellationToken)
    {
        AbIntent intent = new(stored.Value.Changes + 1, sequence, state, decision);
        return store.ReplaceAsync(key, stored, stored.Value with { Intent = intent, Changes = intent.Number }, cancellationToken);
    }

    private async Task<Stored<AbTest>> CarryOutAsync(TrafficPlanKey key, Stored<AbTest> stored, AbIntent intent, CancellationToken cancellationToken)
    {
        AbTest test = stored.Value;
        ChangeNote note = new(intent.Decision.By == Itself ? $"ab_test:{test.Id}" : intent.Decision.By, intent.Decision.Reason);
        Deployment made;
        try
        {
            made = await traffic.SetAsync(
                key.Owner, key.Model, test.ChangeOf(intent), AbTest.OperationOf(test.Id, intent), note, cancellationToken, DeploymentStrategy.AbTest, test.Deployment);
        }
        catch (ProblemException changed) when (changed.Problem.Code == "model_changed_meanwhile")
        {
            return await store.ReplaceAsync(key, stored, Superseded(test), cancellationToken);
        }

        if (intent.State == AbTestState.Running)
        {
            AbTest begun = test with { Intent = null, Deployment = made.Number, BeganAt = time.GetUtcNow(), Decisions = [.. test.Decisions, intent.Decision] };
            return await store.ReplaceAsync(key, stored, begun, cancellationToken);
        }

        if (intent.State == AbTestState.Stopped && intent.Decision.By == Itself)
        {
            await AlarmAsync(key, test, intent.Decision, cancellationToken);
        }

        return await store.ReplaceAsync(key, stored, test.Ended(intent.State, intent.Decision), cancellationToken);
    }

    private AbTest Superseded(AbTest test) => test.Ended(
        AbTestState.Superseded,
        new AbDecision(time.NowOf(test), "supersede", "The deployment was changed by somebody else, and stays as it is.", Itself, test.Result));

    private Task AlarmAsync(TrafficPlanKey key, AbTest test, AbDecision decision, CancellationToken cancellationToken) => alerts.RaiseAsync(
        key.Owner,
        new Alert(
            $"abtest-{test.Id}",
            AlertKind.AbTestStopped,
            $"The A/B test '{test.Name}' of model '{key.Model}' stopped itself: {decision.Reason}",
            decision.At,
            key.Model,
            string.Empty,
            test.Id,
            "sample_ratio_p_value",
            decision.Result?.SampleRatioPValue ?? 1,
            0),
        cancellationToken);
}
