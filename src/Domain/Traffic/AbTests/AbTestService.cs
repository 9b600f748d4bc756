using Trainyard.Domain.Alerts;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;
using Trainyard.Domain.Traffic.Plans;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>A/B tests between versions of a model: begun, looked at, and ended. Thread safe.</summary>
public sealed class AbTestService
{
    /// <summary>How long a mark must have stood before a sweep clears it as one without a test.</summary>
    public static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(10);

    private static readonly TrafficPlanKind<AbTest> Kind = new("abtests", "abtestmarks", AbTestJson.Default.AbTest, AbTestProblems.Running);

    private readonly TrafficPlanStore<AbTest> store;
    private readonly AbTestDriver driver;
    private readonly ModelRegistry registry;
    private readonly TimeProvider time;
    private readonly Sightings sightings;

    /// <summary>Tests over stored records.</summary>
    /// <param name="documents">Where they are kept.</param>
    /// <param name="registry">Knows versions.</param>
    /// <param name="traffic">Divides traffic.</param>
    /// <param name="book">What versions did.</param>
    /// <param name="exposures">Who was exposed.</param>
    /// <param name="feedback">What became of predictions.</param>
    /// <param name="alerts">Told of tests that ended themselves.</param>
    /// <param name="time">The clock.</param>
    public AbTestService(
        IDocumentStore documents, ModelRegistry registry, ModelTraffic traffic, TallyBook book, ExposureBook exposures, FeedbackService feedback, AlertLog alerts, TimeProvider time)
    {
        (this.registry, this.time) = (registry, time);
        sightings = new Sightings(time);
        store = new TrafficPlanStore<AbTest>(documents, Kind);
        driver = new AbTestDriver(store, traffic, new AbTestReader(registry, book, exposures, feedback, time), alerts, time);
    }

    /// <summary>Begins a test: divides traffic among its variants.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="request">How it shall go.</param>
    /// <param name="operationId">Becomes its id: a repeat finds it begun.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// As <see cref="ModelTraffic.SetAsync"/>; <c>ab_test_variants_invalid</c>, <c>ab_test_setting_invalid</c>, <c>ab_test_running</c>,
    /// <c>ab_test_traffic_split</c>, <c>ab_test_control_missing</c>, <c>model_not_deployed</c>.
    /// </exception>
    public async Task<AbTest> StartAsync(
        TenantId tenant, string idOrName, AbTestRequest request, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        request.Require();
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        TrafficPlanKey key = new(tenant.Value, model.Name, operationId);
        if (await store.FindAsync(key, cancellationToken) is null)
        {
            AbTest test = await DescribeAsync(tenant, model, request, operationId, note, cancellationToken);
            await store.AddAsync(key, test, cancellationToken);
        }

        return await BeginAsync(tenant, key, cancellationToken);
    }

    /// <summary>A test, looked at now unless that was done seconds ago.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>ab_test_not_found</c>.</exception>
    public async Task<AbTest> GetAsync(TenantId tenant, string idOrName, string id, CancellationToken cancellationToken)
    {
        TrafficPlanKey key = await KeyAsync(tenant, idOrName, id, cancellationToken);
        return await driver.LookAsync(key, isAsked: false, cancellationToken) ?? throw AbTestProblems.NotFound(key.Model, id);
    }

    /// <summary>A model's tests, newest first, as they were looked at last.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>continuation_invalid</c>.</exception>
    public async Task<ResultPage<AbTest>> ListAsync(TenantId tenant, string idOrName, PageRequest page, CancellationToken cancellationToken) =>
        await store.ListAsync(tenant, (await registry.GetHeadAsync(tenant, idOrName, cancellationToken)).Name, page, cancellationToken);

    /// <summary>Ends a test; the control has all traffic again.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>ab_test_not_found</c>, <c>ab_test_over</c>, <c>write_contention</c>.</exception>
    public Task<AbTest> StopAsync(TenantId tenant, string idOrName, string id, ChangeNote note, CancellationToken cancellationToken) =>
        EndAsync(tenant, idOrName, id, note, test => (test.Control.Sequence, AbTestState.Stopped, "stop"), cancellationToken);

    /// <summary>Ends a test by what it recommends, or by the variant that somebody names.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="id">The test.</param>
    /// <param name="variant">The variant to give all traffic; null for what is recommended.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">As <see cref="StopAsync"/>; <c>ab_test_variant_unknown</c>; <c>ab_test_undecided</c>: nothing is recommended.</exception>
    public Task<AbTest> ConcludeAsync(TenantId tenant, string idOrName, string id, string? variant, ChangeNote note, CancellationToken cancellationToken) => EndAsync(
        tenant,
        idOrName,
        id,
        note,
        test =>
        {
            string taken = variant ?? test.Result?.Recommendation switch
            {
                Recommendation.Promote => test.Result.Group!,
                Recommendation.Keep => test.Control.Name,
                _ => throw AbTestProblems.Undecided(test),
            };
            AbVariant winner = test.Variants.FirstOrDefault(each => each.Name == taken) ?? throw AbTestProblems.VariantUnknown(test);
            return winner == test.Control ? (winner.Sequence, AbTestState.Kept, "keep") : (winner.Sequence, AbTestState.Promoted, "promote");
        },
        cancellationToken);

    /// <summary>Looks at every test that is not over, and clears marks of those that are. Repeatable; what keeps one test from being looked at keeps no other.</summary>
    /// <exception cref="AggregateException">Some could not be looked at.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        using Sightings.Round round = sightings.Begin();
        await foreach (Stored<TrafficPlanMark> mark in store.MarksAsync(cancellationToken))
        {
            try
            {
                AbTest? test = await driver.LookAsync(mark.Value.Key, isAsked: false, cancellationToken);
                if (test is null && round.HasStood(mark, SweepAge, mark.Value.At))
                {
                    await store.UnmarkAsync(mark, cancellationToken);
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Some A/B tests could not be looked at.", failures);
        }
    }

    private async Task<AbTest> EndAsync(
        TenantId tenant, string idOrName, string id, ChangeNote note, Func<AbTest, (int Sequence, AbTestState State, string Action)> choose, CancellationToken cancellationToken)
    {
        TrafficPlanKey key = await KeyAsync(tenant, idOrName, id, cancellationToken);
        AbTest seen = await driver.LookAsync(key, isAsked: true, cancellationToken) ?? throw AbTestProblems.NotFound(key.Model, id);
        return seen.IsOver
            ? throw AbTestProblems.Over(seen)
            : await driver.EndAsync(key, choose, note, cancellationToken);
    }

    private async Task<TrafficPlanKey> KeyAsync(TenantId tenant, string idOrName, string id, CancellationToken cancellationToken) =>
        new(tenant.Value, (await registry.GetHeadAsync(tenant, idOrName, cancellationToken)).Name, id);

    // Traffic is divided while the caller waits, so that whatever forbids it is the answer.
    private async Task<AbTest> BeginAsync(TenantId tenant, TrafficPlanKey key, CancellationToken cancellationToken)
    {
        AbTest? begun;
        try
        {
            begun = await driver.LookAsync(key, isAsked: false, cancellationToken);
        }
        catch (ProblemException refused) when (refused is not TransientProblemException)
        {
            await driver.WithdrawAsync(key, refused.Problem.Detail, cancellationToken);
            throw;
        }

        return begun is { State: AbTestState.Superseded, BeganAt: null }
            ? throw TrafficProblems.ChangedMeanwhile(await registry.GetHeadAsync(tenant, key.Model, cancellationToken))
            : begun!;
    }

    private async Task<AbTest> DescribeAsync(
        TenantId tenant, RegisteredModel model, AbTestRequest request, string operationId, ChangeNote note, CancellationToken cancellationToken)
    {
        int control = model.DeployedSequence ?? throw RegistryProblems.NotDeployed(model.Name);
        List<AbVariant> variants = [];
        foreach (AbVariantRequest wanted in request.Variants)
        {
            ModelVersion version = await registry.GetVersionAsync(tenant, model.Name, wanted.Version, cancellationToken);
            variants.Add(new AbVariant(wanted.Name ?? version.Label, version.Sequence, wanted.Percent));
        }

        if (variants.DistinctBy(variant => variant.Name).Count() < variants.Count || variants.DistinctBy(variant => variant.Sequence).Count() < variants.Count)
        {
            throw AbTestProblems.VariantsInvalid();
        }

        if (variants.All(variant => variant.Sequence != control))
        {
            throw AbTestProblems.ControlMissing(control);
        }

        // A test that is under way says so by name when it is added.
        return model.Traffic is { IsSplit: true, Test: null }
            ? throw AbTestProblems.Split(model.Name)
            : new AbTest
            {
                Id = operationId,
                Name = request.Name,
                ModelName = model.Name,
                Variants = [.. variants.OrderByDescending(variant => variant.Sequence == control)],
                Metric = request.Metric,
                Guardrails = request.Guardrails,
                Alpha = request.Alpha,
                MinSample = request.MinSample,
                MaxDuration = request.MaxDuration,
                StopsOnHarm = request.StopsOnHarm,
                PromotesWinner = request.PromotesWinner,
                AllowsOtherSchema = request.AllowsOtherSchema,
                By = note.By,
                Reason = note.Reason,
                CreatedAt = time.GetUtcNow(),
                Deployment = model.DeploymentCount,
            };
    }
}
